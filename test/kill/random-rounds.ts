import { setTimeout as pause } from 'node:timers/promises'
import { publicId } from '../../lib/ids'
import { finalStates } from '../../lib/payments/payment-moves'
import type { Deed, SwitchTarget } from '../../simulators/issuers/deeds'
import { type Chance, chanceFrom } from './chance'
import { type House, openHouse } from './house'
import { reconcile } from './reconcile'
import { anOrder, ask, askUntilAnswered, type Order } from './shop-server'
import type { Victim } from './victim'
import { waitFor } from './wait-for'
import { aCard, aVCard, aWallet, LEG_ISSUERS, type Wallet } from './wallet'

/** A payment is final this long after the last fault (P2.7). */
const FINAL_WITHIN_MS = 60_000
/** Payments asked for in one round. */
const PAYMENTS = 6
/** The kill falls within this time after they are asked for, which is about as long as they take. */
const KILL_WITHIN_MS = 300
/** Slow enough for a kill to fall between any two messages. */
const ISSUER_DELAY_MS = 25

/** What issuers do wrong, and to which messages. A stall is rare, because it holds a payment for as long as an issuer may take. */
const DEEDS: readonly Deed[] = [
  { kind: 'decline', code: '51' },
  { kind: 'decline', code: '05' },
  { kind: 'lose-answer' },
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'twice' },
  { kind: 'late', ms: 300 },
  { kind: 'delay', ms: 300 },
  { kind: 'out-of-order' },
  { kind: 'garbage' },
]
const MESSAGES: readonly SwitchTarget[] = ['authorization', 'completion', 'reversal']
const VICTIMS = ['api', 'api', 'api', 'worker', 'worker', 'both', 'outside world'] as const

export interface Rounds {
  readonly rounds: number
  readonly seed: number
  /** After so many rounds everything is left to settle, and is reconciled. */
  readonly settleEvery: number
  say(line: string): void
}

export interface RoundsResult {
  readonly payments: number
  readonly paid: number
  readonly declined: number
  readonly kills: number
  /** The longest that anything took to settle after the last fault of its stretch, in milliseconds. */
  readonly slowestMs: number
  readonly faults: readonly string[]
}

/**
 * Random payments over one card and three, random issuers that misbehave, and random kills of the processes that carry
 * the payments on; then everything is held against everything. Stops at the first stretch that ends in a fault.
 */
export async function runRounds({ rounds, seed, settleEvery, say }: Rounds): Promise<RoundsResult> {
  const chance = chanceFrom(seed)
  const house = await openHouse({ delayMs: ISSUER_DELAY_MS })
  const running = { api: await house.start('api'), worker: await house.start('worker') }
  const url = house.urlOf('api')
  const orders: Order[] = []
  const faults: string[] = []
  let slowestMs = 0
  let round = 0
  try {
    const means = await someMeans(house)
    while (round < rounds && faults.length === 0) {
      const stretch: Order[] = []
      const until = Math.min(rounds, round + settleEvery)
      for (; round < until; round++) stretch.push(...(await playRound(house, running, means, chance, url)))
      orders.push(...stretch)
      const settled = await settle(house, url, stretch)
      slowestMs = Math.max(slowestMs, settled.tookMs)
      faults.push(...settled.faults, ...(await reconcile(house)))
      say(
        `round ${round} of ${rounds}: ${orders.length} payments, settled in ${settled.tookMs} ms, ${faults.length} faults`,
      )
    }
    const states = await statesOf(house)
    return { payments: orders.length, kills: round, slowestMs, faults, ...states }
  } finally {
    await Promise.all([running.api.stop(), running.worker.stop()])
    await house.close()
  }
}

interface SomeMeans {
  readonly wallet: Wallet
  readonly cards: readonly { number: string; expiry: string }[]
}

async function someMeans(house: House): Promise<SomeMeans> {
  const wallet = await aWallet(house)
  const cards = []
  for (const issuer of LEG_ISSUERS) cards.push(await aCard(house, issuer))
  return { wallet, cards }
}

/** Asks for payments while issuers misbehave, kills somebody in the middle, starts it again. Returns what was asked for. */
async function playRound(
  house: House,
  running: { api: Victim; worker: Victim },
  means: SomeMeans,
  chance: Chance,
  url: string,
): Promise<Order[]> {
  const orders: Order[] = []
  for (let made = 0; made < PAYMENTS; made++) orders.push(await someOrder(house, means, chance))
  // A double click: the same order under another key. One of the two is paid at most.
  if (chance.percent(30)) orders.push({ ...orders[0]!, key: `${orders[0]!.key}-again` })
  for (const issuer of LEG_ISSUERS) {
    if (!chance.percent(50)) continue
    const deed = chance.percent(5) ? ({ kind: 'stall' } as const) : chance.pick(DEEDS)
    const on = deed.kind === 'decline' ? 'authorization' : chance.pick(MESSAGES)
    await house.outside.switch(issuer, { on, do: deed, times: 1 + chance.below(2) })
  }

  const victim = chance.pick(VICTIMS)
  const killAfterMs = chance.below(KILL_WITHIN_MS)
  const asked = orders.map((order) => ask(url, order))
  await pause(killAfterMs)
  const killApi = victim === 'api' || victim === 'both'
  const killWorker = victim === 'worker' || victim === 'both'
  if (victim === 'outside world') await house.killOutside()
  await Promise.all([killApi && running.api.kill(), killWorker && running.worker.kill()])
  const [api, worker] = await Promise.all([
    killApi ? house.start('api') : running.api,
    killWorker ? house.start('worker') : running.worker,
  ])
  Object.assign(running, { api, worker })
  void Promise.all(asked)
  return orders
}

async function someOrder(house: House, { wallet, cards }: SomeMeans, chance: Chance): Promise<Order> {
  const share = BigInt(1_000 + chance.below(50_000))
  if (chance.percent(40)) return anOrder(house.shop, share, chance.pick(cards))
  const vcard = await aVCard(house, { wallet, shop: house.shop, share, mayRetry: chance.percent(30) })
  return anOrder(house.shop, share * BigInt(wallet.cards.length), vcard)
}

/** The faults end, and every payment of a stretch has to be final in time and be what the shop is told when it asks again. */
async function settle(
  house: House,
  url: string,
  orders: readonly Order[],
): Promise<{ tookMs: number; faults: string[] }> {
  for (const issuer of LEG_ISSUERS) await house.outside.clearSwitches(issuer)
  const begin = Date.now()
  const until = begin + FINAL_WITHIN_MS
  const faults: string[] = []
  const note = (error: unknown) => void faults.push(String(error))
  const final = () =>
    waitFor('every payment is final', () => everythingIsFinal(house), { withinMs: Math.max(0, until - Date.now()) })
  // First without the shop's help, then what was never recorded and is asked for anew.
  await final().catch(note)
  const answers = await Promise.all(orders.map((order) => askUntilAnswered(url, order, until).catch(note)))
  await final().catch(note)
  const tookMs = Date.now() - begin
  for (const [index, answer] of answers.entries()) {
    const order = orders[index]!
    const { orderRef, key } = order
    if (!answer || answer.body.code === 'order-taken') continue
    const { rows } = await house.owner.query<{ id: string; state: string }>(
      `select p.id, p.state from idempotency_key k join payment p on p.merchant_id = k.merchant_id and p.id = k.resource_id
       where k.key = $1 and p.order_ref = $2`,
      [key, orderRef],
    )
    const [payment] = rows
    const told = `${answer.status} ${answer.body.id} ${answer.body.state}`
    if (!payment || told !== `201 ${publicId('pay', payment.id)} ${payment.state}`) {
      faults.push(`order ${orderRef} is ${payment?.state ?? 'not there'}, but its shop is told ${told}`)
    }
    if (JSON.stringify(await ask(url, order)) !== JSON.stringify(answer)) {
      faults.push(`order ${orderRef} is answered differently when its shop asks twice`)
    }
  }
  return { tookMs, faults }
}

async function everythingIsFinal({ owner }: House): Promise<boolean> {
  const { rowCount } = await owner.query('select from payment where not state = any($1)', [finalStates])
  return rowCount === 0
}

async function statesOf({ owner }: House): Promise<{ paid: number; declined: number }> {
  const { rows } = await owner.query<{ paid: number; declined: number }>(
    `select count(*) filter (where state = 'paid')::int as paid, count(*) filter (where state = 'declined')::int as declined
     from payment`,
  )
  return rows[0]!
}
