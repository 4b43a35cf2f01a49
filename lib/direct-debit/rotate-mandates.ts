import type { Vault } from '../cards/vault'
import type { Database } from '../db/database'
import { mandatesSealedByOthers, resealMandate } from './mandate-store'
import { bindingOf } from './mandates'

/**
 * Seals a batch of debited accounts again with the key in use. Any number of these may run, beside payments.
 * @returns how many; 0 when none is left
 */
export async function rotateMandates({ pool }: Pick<Database, 'pool'>, vault: Vault, batch: number): Promise<number> {
  const sealed = await mandatesSealedByOthers(pool, vault.keyId, batch)
  for (const each of sealed) {
    const binding = bindingOf(each)
    await resealMandate(pool, each, vault.seal(binding, vault.open(binding, each)))
  }
  return sealed.length
}
