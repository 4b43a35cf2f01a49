import { hash, verify } from '@node-rs/argon2'
import { inTurn } from './hash-turns'

// Argon2id, the library's default kind, with OWASP's least cost: 19 MiB and two passes (P6.4).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** @throws TooBusy when too many are being hashed */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST))
}

let nobody: Promise<string> | undefined

/**
 * Whether the password is the one that was hashed. Without a hash, because nobody has that address, it works exactly as
 * long and says no. Whoever asks takes a turn first (hash-turns.ts), before the try is counted.
 */
export async function passwordMatches(password: string, passwordHash: string | undefined): Promise<boolean> {
  nobody ??= hash('the password of nobody at all', COST)
  const matches = await verify(passwordHash ?? (await nobody), password)
  return matches && passwordHash !== undefined
}
