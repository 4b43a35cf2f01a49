import type { Vault } from '../cards/vault'
import type { Database } from '../db/database'
import { payoutAccountsSealedByOthers, resealPayoutAccount } from './account-store'

/**
 * Seals a batch of payout accounts again with the key in use. Any number of these may run, beside payouts.
 * @returns how many; 0 when none is left
 */
export async function rotatePayoutAccounts(
  { pool }: Pick<Database, 'pool'>,
  vault: Vault,
  batch: number,
): Promise<number> {
  const sealed = await payoutAccountsSealedByOthers(pool, vault.keyId, batch)
  for (const each of sealed) {
    const binding = { kind: 'payout-account', ownerId: each.merchantId, id: each.id } as const
    await resealPayoutAccount(pool, each, vault.seal(binding, vault.open(binding, each)))
  }
  return sealed.length
}
