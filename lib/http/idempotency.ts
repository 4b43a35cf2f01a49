import { later } from '../clock'
import type { Uuid } from '../ids'
import { findHeldKey, type HeldKey } from '../payments/held-key'
import { ApiError } from './errors'
import type { HttpGateway } from './http-gateway'
import type { Claim } from './idempotency-key'
import type { Reply } from './route'
import { answerKey, claimKey, releaseKey, takeOverKey } from './store'

/** Longer than any request that is alive: after this long without an answer its process has died. */
const ALIVE_MS = 30_000

/** The first answer again: same status, same bytes. */
export function replayed(status: number, body: unknown): Reply {
  const written = typeof body === 'string'
  return { status, body, written, headers: { 'idempotency-replayed': 'true' } }
}

/** The kept answer of a request that was asked before; undefined where none was kept. Claims nothing. */
export async function keptReply({ database }: HttpGateway, merchantId: Uuid, claim: Claim): Promise<Reply | undefined> {
  const held = await findHeldKey(database.pool, merchantId, claim)
  return held?.kind === 'replay' ? replayed(held.status, held.body) : undefined
}

/** @throws ApiError when the key is in another request's hands */
function replyHeld(held: HeldKey): Reply {
  if (held.kind === 'replay') return replayed(held.status, held.body)
  throw new ApiError(
    held.kind === 'key-reused' ? 'idempotency-key-reused' : 'request-in-progress',
    retrySoon(held.kind),
  )
}

export function retrySoon(kind: HeldKey['kind']): { headers?: Record<string, string> } {
  return kind === 'in-progress' ? { headers: { 'retry-after': '1' } } : {}
}

/**
 * Does a deed once for its key, for deeds that are not opened by a function which claims the key itself.
 *
 * The deed must bear being done again after a crash; `resumed` tells it that an earlier try may have gone through, and
 * `madeId` is what the first try set out to make: `resourceId`, or that of the try before. An error before any effect
 * gives the key back, and so nothing is remembered of it. An answer of 202 is not the last word and is not kept: who asks
 * again is told what has become of it.
 */
export async function onceOnly(
  { database, clock }: HttpGateway,
  merchantId: Uuid,
  claim: Claim,
  resourceId: Uuid,
  deed: (resumed: boolean, madeId: Uuid) => Promise<Reply>,
): Promise<Reply> {
  const at = clock.now()
  const held = await claimKey(database, merchantId, claim, { resourceId, at })
  if (held && held.kind !== 'in-progress') return replyHeld(held)
  if (held && !(await takeOverKey(database, merchantId, claim, { silentSince: later(at, -ALIVE_MS), at })))
    return replyHeld(held)
  const reply = await attempt(() => deed(held !== undefined, held?.resourceId ?? resourceId))
  if (reply.status === 202) return reply
  const body = JSON.stringify(reply.body)
  await answerKey(database, merchantId, claim, { status: reply.status, body })
  return { ...reply, body, written: true }

  async function attempt(work: () => Promise<Reply>): Promise<Reply> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) await releaseKey(database, merchantId, claim)
      throw error
    }
  }
}
