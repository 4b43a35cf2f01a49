import type { Database } from '../db/database'
import { countSealedByOthers, findSealedByOthers, replaceSealed } from './store'
import type { Vault } from './vault'

/**
 * Seals a batch of card and V-Card numbers again with the key in use. Any number of these may run, beside payments:
 * while older keys are among the settings, numbers sealed with either are read.
 *
 * @param batch how many numbers at most
 */
export async function rotateKeys(
  { prisma }: Database,
  vault: Vault,
  batch: number,
): Promise<{ resealed: number; left: number }> {
  let resealed = 0
  for (const row of await findSealedByOthers(prisma, vault.keyId, batch)) {
    if (await replaceSealed(prisma, row, vault.seal(row, vault.open(row, row.sealed)))) resealed += 1
  }
  return { resealed, left: await countSealedByOthers(prisma, vault.keyId) }
}
