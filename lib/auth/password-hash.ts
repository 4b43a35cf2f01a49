import { hash, verify } from '@node-rs/argon2'

// Argon2id, the library's default kind, with OWASP's least cost: 19 MiB and two passes (P6.4).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST)
}

let nobody: Promise<string> | undefined

/**
 * Whether the password is the one that was hashed. Without a hash, because nobody has that address, it works exactly as
 * long and says no.
 */
export async function passwordMatches(password: string, passwordHash: string | undefined): Promise<boolean> {
  nobody ??= hashPassword('the password of nobody at all')
  const matches = await verify(passwordHash ?? (await nobody), password)
  return matches && passwordHash !== undefined
}
