import type pg from 'pg'
import type { Vault } from '../cards/vault'
import type { Database } from '../db/database'
import { addressesSealedByOthers, givenSealedByOthers, resealAddress, resealGiven } from './address-store'
import { bindingOfAddress, bindingOfGiven } from './address-binding'

/**
 * Seals a batch of addresses again with the key in use: those that shoppers keep, and those that shops may read. Any number of
 * these may run, beside payments.
 * @returns how many; 0 when none is left
 */
export async function rotateAddresses({ pool }: Pick<Database, 'pool'>, vault: Vault, batch: number): Promise<number> {
  return (await rotateKept(pool, vault, batch)) + (await rotateGiven(pool, vault, batch))
}

async function rotateKept(pool: pg.Pool, vault: Vault, batch: number): Promise<number> {
  const kept = await addressesSealedByOthers(pool, vault.keyId, batch)
  for (const each of kept) {
    const binding = bindingOfAddress(each.shopperId, each.id)
    await resealAddress(pool, each, vault.seal(binding, vault.open(binding, each)))
  }
  return kept.length
}

async function rotateGiven(pool: pg.Pool, vault: Vault, batch: number): Promise<number> {
  const given = await givenSealedByOthers(pool, vault.keyId, batch)
  for (const each of given) {
    const binding = bindingOfGiven(each)
    await resealGiven(pool, each, vault.seal(binding, vault.open(binding, each)))
  }
  return given.length
}
