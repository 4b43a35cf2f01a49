import type { Vault } from '../cards/vault'
import type { Database } from '../db/database'
import { payerAccountsSealedByOthers, resealPayerAccount } from './file-store'
import { payerAccountBinding } from './payer-account'

/**
 * Seals a batch of the accounts that giro credits came from again with the key in use.
 * @returns how many; 0 when none is left
 */
export async function rotatePayerAccounts(
  { pool }: Pick<Database, 'pool'>,
  vault: Vault,
  batch: number,
): Promise<number> {
  const sealed = await payerAccountsSealedByOthers(pool, vault.keyId, batch)
  for (const each of sealed) {
    const binding = payerAccountBinding(each.id)
    await resealPayerAccount(pool, each, vault.seal(binding, vault.open(binding, each)))
  }
  return sealed.length
}
