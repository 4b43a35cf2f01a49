import { hashPassword, passwordMatches } from '../auth/password-hash'
import type { Vault } from '../cards/vault'
import type { Uuid } from '../ids'
import type { PinFault } from './account'

const PIN = /^[0-9]{4,8}$/
const RUNS = ['01234567890', '09876543210']

/** What is wrong with a PIN that somebody wants to use; undefined when it may be used. */
export function pinFault(pin: string): PinFault | undefined {
  if (!PIN.test(pin)) return 'pin-form'
  const same = new Set(pin).size === 1
  return same || RUNS.some((run) => run.includes(pin)) ? 'pin-too-simple' : undefined
}

/**
 * Hashes a PIN. There are few of them, so a slow hash alone would not keep a stolen table from telling them: what is hashed
 * is keyed, with a key that is not in the database.
 */
export function hashPin(vault: Pick<Vault, 'fingerprint'>, accountId: Uuid, pin: string): Promise<string> {
  return hashPassword(keyed(vault, accountId, pin))
}

/** Whether it is the PIN that was hashed; without a hash it takes as long and says no. */
export function pinMatches(
  vault: Pick<Vault, 'fingerprint'>,
  accountId: Uuid,
  pin: string,
  pinHash: string | undefined,
): Promise<boolean> {
  return passwordMatches(keyed(vault, accountId, pin), pinHash)
}

function keyed(vault: Pick<Vault, 'fingerprint'>, accountId: Uuid, pin: string): string {
  return Buffer.from(vault.fingerprint(`account-pin:${accountId}:${pin}`)).toString('base64')
}
