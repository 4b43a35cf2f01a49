import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { IssuerCard } from '../gateways/issuer/issuer'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'
import type { SealedRow } from './store'
import { findSealed } from './store'
import type { Vault } from './vault'

// A payment opens its card twice within seconds, to authorize and to capture. Only the sealed row is kept in between,
// never the number, and so briefly that a change of expiry made through another process is heard of in time.
const KEPT_MS = 10_000
const MOST_KEPT = 10_000

/** Opens card numbers for calls to their issuers. */
export function createReveal({ database, clock, vault }: { database: Database; clock: Clock; vault: Vault }): {
  reveal(ownerId: Uuid, cardId: Uuid): Promise<IssuerCard>
  /** Called when a card has changed. */
  forget(ownerId: Uuid, cardId: Uuid): void
} {
  const kept = new Map<string, { readonly row: SealedRow; readonly until: number }>()

  async function sealedRow(ownerId: Uuid, cardId: Uuid): Promise<SealedRow> {
    const place = `${ownerId}/${cardId}`
    const now = clock.now().getTime()
    const found = kept.get(place)
    if (found && found.until > now) return found.row
    const row = await findSealed(database.pool, ownerId, cardId)
    invariant(row, 'a card whose number is needed is not in the vault')
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(place, { row, until: now + KEPT_MS })
    return row
  }

  return {
    async reveal(ownerId, cardId) {
      const { expiry, ...sealed } = await sealedRow(ownerId, cardId)
      return { number: vault.open({ kind: 'card', ownerId, id: cardId }, sealed), expiry }
    },
    forget: (ownerId, cardId) => void kept.delete(`${ownerId}/${cardId}`),
  }
}
