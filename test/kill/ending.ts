import { expect } from 'vitest'
import { publicId } from '../../lib/ids'
import { finalStates } from '../../lib/payments/payment-moves'
import type { House } from './house'
import type { KillPoint } from './kill-points'
import { outsideStates, type Scene, SHARE, stateOf } from './scene'
import { ask, askToCapture, askUntilAnswered } from './shop-server'
import { waitFor } from './wait-for'

/** A payment is final this long after the last fault (P2.7). */
export const FINAL_WITHIN_MS = 60_000

interface Ended {
  readonly id: string
  readonly merchant_id: string
  readonly state: string
  readonly legs: { state: string; captured: number }[]
}

/**
 * Waits until a payment whose process was killed is final, and holds it against the shop's, the issuers' and the
 * shopper's view of it. @param faultsEnded when the killed process was back, in milliseconds since 1970
 */
export async function expectEnd(
  house: House,
  { url, scene, point, faultsEnded }: { url: string; scene: Scene; point: KillPoint; faultsEnded: number },
): Promise<void> {
  const { order, wallet } = scene
  const until = faultsEnded + FINAL_WITHIN_MS
  // Nothing was recorded: the shop, which has had no answer, asks anew with the same key.
  if (!(await stateOf(house, order))) await askUntilAnswered(url, order, until)
  if (point.recorded === 'authorized') await captureHeld(house, url, scene, until)
  await waitFor(
    `the payment that was killed when ${point.name} is final`,
    async () => {
      const state = await stateOf(house, order)
      return state !== undefined && finalStates.includes(state)
    },
    { withinMs: Math.max(0, until - Date.now()) },
  )

  const payments = await readEnded(house, order.orderRef)
  expect(payments).toHaveLength(1)
  const [payment] = payments as [Ended]
  const current = payment.legs.map(({ state, captured }) => `${state} ${captured}`)
  if (point.ends === 'paid') expect(current).toEqual(Array(3).fill(`captured ${SHARE}`))
  else for (const leg of payment.legs) expect(['declined', 'voided', 'returned']).toContain(leg.state)

  const atIssuers = await outsideStates(house, wallet)
  if (point.ends === 'paid') expect(atIssuers).toEqual(['completed', 'completed', 'completed'])
  expect(atIssuers).not.toContain('held')
  expect(await netCharges(house, scene)).toBe(point.ends === 'paid' ? SHARE * 3n : 0n)

  const answer = await askUntilAnswered(url, order, until)
  expect(answer).toMatchObject({ status: 201, body: { id: publicId('pay', payment.id) } })
  expect(await ask(url, order)).toEqual(answer)
  if (!point.capture) expect(answer.body.state).toBe(point.ends)
  expect(payment.state).toBe(point.ends)

  const vcards = await house.gateway.vcards.list(wallet.shopperId)
  expect(vcards.map(({ state }) => state)).toEqual(['spent'])
  const owned = await house.gateway.cards.list(wallet.shopperId)
  expect(owned.map(({ setAside }) => setAside)).toEqual([0n, 0n, 0n])
}

async function captureHeld(house: House, url: string, { order }: Scene, until: number): Promise<void> {
  const { body } = await askUntilAnswered(url, order, until)
  expect(body.status).toBe('authorized')
  expect(await askToCapture(url, order.shop, String(body.id))).toMatchObject({ status: 200, body: { state: 'paid' } })
  expect(await stateOf(house, order)).toBe('paid')
}

async function readEnded({ owner }: House, orderRef: string): Promise<Ended[]> {
  const { rows } = await owner.query<Ended>(
    `select p.merchant_id, p.id, p.state, (
       select coalesce(json_agg(json_build_object('state', l.state, 'captured', l.captured_amount) order by l.leg), '[]')
       from leg l where l.merchant_id = p.merchant_id and l.payment_id = p.id) as legs
     from payment p where p.order_ref = $1`,
    [orderRef],
  )
  return rows
}

/** What the issuers have charged on the cards of a scene and not given back. */
async function netCharges({ outside }: House, { wallet }: Scene): Promise<bigint> {
  const books = await Promise.all(wallet.cards.map(({ issuer, number }) => outside.book(issuer, { card: number })))
  return books
    .flatMap(({ charges }) => charges)
    .reduce((sum, { amount, refunded }) => sum + BigInt(amount) - BigInt(refunded), 0n)
}
