import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { expectNowhere } from '../../test/nowhere'
import { brandOf, passesLuhn } from '../cards/card-number'
import { later } from '../clock'
import type { Uuid } from '../ids'
import { uuidAt } from '../ids'
import { krw, sum, usd } from '../money/money'
import type { Agent } from './agent.fixtures'
import { aPerson, aShop, aShopper, startAgent } from './agent.fixtures'
import { insertVCard, lockRooms } from './store'
import { drawVCardNumber } from './vcard-number'

let agent: Agent
let merchantId: Uuid

beforeAll(async () => {
  agent = await startAgent()
  merchantId = await aShop(agent.database, { nameEn: 'Some Shop' })
})
afterAll(() => agent.close())
beforeEach(() => agent.world.reset())

const HOUR = 3_600_000

/** A shopper with three roomy cards and a V-Card over all of them. */
async function aVCard({ mayRetry = true, expiresInMs }: { mayRetry?: boolean; expiresInMs?: number } = {}) {
  const { shopper, ids } = await aShopper(agent, [['hanbit'], ['saero'], ['narae']])
  const amount = krw(1_000)
  const shares = [500n, 200n, 300n].map((share, index) => ({ cardId: ids[index]!, amount: share }))
  const created = await agent.vcards.create(shopper, {
    ...{ merchantId, amount, shares, mayRetry },
    ...(expiresInMs !== undefined && { expiresInMs }),
  })
  if (created.kind !== 'created') throw new Error(created.reason)
  return { shopper, ids, amount, shares, ...created }
}

/** What the SQL functions of the payments do when a payment accepts the V-Card. */
async function spend(shopper: Uuid, vcardId: Uuid, amount = krw(1_000)): Promise<boolean> {
  const { rows } = await agent.database.pool.query<{ spent: boolean }>(
    'select spend_vcard($1, $2, $3, $4, $5, $6) as spent',
    [
      JSON.stringify({ shopperId: shopper, vcardId }),
      merchantId,
      aPerson(),
      amount.amount,
      amount.currency,
      agent.clock.now(),
    ],
  )
  return rows[0]!.spent
}

async function setAside(shopper: Uuid): Promise<bigint[]> {
  return (await agent.cards.list(shopper)).map((card) => card.setAside)
}

/** Resolves once a connection of this database waits for a row that another holds. */
async function somebodyWaitsForALock(): Promise<void> {
  const waiting = `select from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()`
  while ((await agent.database.pool.query(waiting)).rowCount === 0);
}

describe('a V-Card number', () => {
  test('passes Luhn, lies outside every scheme’s range and is sixteen digits (P8.2, M-260)', () => {
    fc.assert(
      fc.property(fc.constant(undefined), () => {
        const number = drawVCardNumber()
        expect(number).toMatch(/^9410[0-9]{12}$/)
        expect(passesLuhn(number)).toBe(true)
        expect(brandOf(number)).toBe('vcard')
      }),
    )
  })

  test('is drawn again when it was ever given out before (P8.2, M-260, M-261)', async () => {
    const numbers = [drawVCardNumber(), drawVCardNumber()] as const
    const draws = [numbers[0], numbers[0], numbers[0], numbers[1]]
    const vcards = agent.build({ drawNumber: () => draws.shift()! })
    const { shopper, ids } = await aShopper(agent, [['hanbit']])
    const wanted = { merchantId, amount: krw(100), shares: [{ cardId: ids[0]!, amount: 100n }], mayRetry: false }
    const first = await vcards.create(shopper, wanted)
    if (first.kind !== 'created') throw new Error(first.reason)
    await vcards.cancel(shopper, first.vcard.id)
    expect(first).toMatchObject({ number: numbers[0] })
    expect(await vcards.create(shopper, wanted)).toMatchObject({ kind: 'created', number: numbers[1] })
  })
})

describe('a V-Card', () => {
  test('holds number, expiry, amount, shop and the division (M-259, M-277, M-328, M-329)', async () => {
    const { shopper, ids, vcard, number } = await aVCard()
    expect(vcard).toMatchObject({
      lastFour: number.slice(-4),
      masked: `9410 **** **** ${number.slice(-4)}`,
      shopName: { ko: 'Some Shop', en: 'Some Shop' },
      amount: krw(1_000),
      state: 'live',
      mayRetry: true,
      shares: [
        { cardId: ids[0], amount: 500n, issuerName: { ko: '한빛카드', en: 'Hanbit Card' }, nickname: 'hanbit ' },
        { cardId: ids[1], amount: 200n },
        { cardId: ids[2], amount: 300n },
      ],
    })
    expect(await agent.vcards.list(shopper)).toEqual([vcard])
    expect(await agent.vcards.sharesOf(shopper, vcard.id)).toEqual(
      vcard.shares.map(({ cardId, amount }) => ({ cardId, amount })),
    )
    expect(await agent.vcards.revealNumber(shopper, vcard.id)).toBe(number)
  })

  test('is nowhere in the database in clear (P8.1)', async () => {
    const { number } = await aVCard()
    const { rows } = await agent.database.pool.query<{ kept: string }>(
      'select vcard::text as kept from vcard union all select vcard_number::text from vcard_number',
    )
    expectNowhere(rows, number)
  })

  test('lives a day at most, whatever is asked (P8.3, M-262, M-330)', async () => {
    const { vcard: usual } = await aVCard()
    const { vcard: longer } = await aVCard({ expiresInMs: 48 * HOUR })
    const { vcard: shorter } = await aVCard({ expiresInMs: HOUR })
    const lifeOf = ({ createdAt, expiresAt }: typeof usual) => expiresAt.getTime() - createdAt.getTime()
    expect([usual, longer, shorter].map(lifeOf)).toEqual([24 * HOUR, 24 * HOUR, HOUR])
  })

  test('of another shopper is a missing one (P6.2)', async () => {
    const { vcard } = await aVCard()
    const stranger = aPerson()
    const { vcards } = agent
    expect(await vcards.get(stranger, vcard.id)).toBeUndefined()
    expect(await vcards.list(stranger)).toEqual([])
    expect(await vcards.revealNumber(stranger, vcard.id)).toBeUndefined()
    expect(await vcards.sharesOf(stranger, vcard.id)).toBeUndefined()
    expect(await vcards.cancel(stranger, vcard.id)).toEqual({ kind: 'refused', reason: 'missing' })
    expect(await vcards.planAgain(stranger, vcard.id, [], 1_000n)).toBeUndefined()
  })

  test('is listed in pages, newest first', async () => {
    const { shopper, ids } = await aShopper(agent, [['hanbit']])
    const made: Uuid[] = []
    for (let count = 0; count < 5; count++) {
      agent.clock.advance(1)
      const shares = [{ cardId: ids[0]!, amount: 100n }]
      const created = await agent.vcards.create(shopper, { merchantId, amount: krw(100), shares, mayRetry: false })
      if (created.kind === 'created') made.unshift(created.vcard.id)
    }
    const first = await agent.vcards.list(shopper, { limit: 3 })
    const rest = await agent.vcards.list(shopper, { limit: 3, before: first.at(-1)!.id })
    expect([...first, ...rest].map(({ id }) => id)).toEqual(made)
  })
})

describe('making a V-Card', () => {
  test.each([
    ['shares that do not sum to the amount (N5)', [500n, 499n], {}, 'shares-do-not-sum'],
    ['a share of nothing', [1_000n, 0n], {}, 'shares-do-not-sum'],
    ['a negative share', [1_500n, -500n], {}, 'shares-do-not-sum'],
    ['more than is open on a card', [200_001n, 1n], { amount: krw(200_002) }, 'over-limit'],
    ['another currency than the card’s', [500n, 500n], { amount: usd(1_000) }, 'over-limit'],
  ] as const)('is refused for %s', async (_what, amounts, changes, reason) => {
    const { shopper, ids } = await aShopper(agent, [['hanbit', 'everyday'], ['saero']])
    const shares = amounts.map((amount, index) => ({ cardId: ids[index]!, amount }))
    const wanted = { merchantId, amount: krw(1_000), shares, mayRetry: false, ...changes }
    expect(await agent.vcards.create(shopper, wanted)).toEqual({ kind: 'refused', reason })
    expect(await setAside(shopper)).toEqual([0n, 0n])
  })

  test('is refused for cards that are not in the wallet, or not any more', async () => {
    const { shopper, ids } = await aShopper(agent, [['hanbit'], ['saero']])
    const { ids: others } = await aShopper(agent, [['narae']])
    await agent.cards.remove(shopper, ids[1]!)
    for (const cardId of [others[0]!, ids[1]!, aPerson()]) {
      const wanted = { merchantId, amount: krw(10), shares: [{ cardId, amount: 10n }], mayRetry: false }
      expect(await agent.vcards.create(shopper, wanted)).toEqual({ kind: 'refused', reason: 'card-missing' })
    }
  })

  test('is refused for a card counted twice, for too many cards and for a shop that does not exist', async () => {
    const { shopper, ids } = await aShopper(agent, [['hanbit']])
    const [cardId] = ids as [Uuid]
    const create = (shares: { cardId: Uuid; amount: bigint }[], shop = merchantId) =>
      agent.vcards.create(shopper, {
        merchantId: shop,
        amount: krw(sum(shares.map(({ amount }) => amount))),
        shares,
        mayRetry: false,
      })
    const twice = [1n, 1n].map((amount) => ({ cardId, amount }))
    expect(await create(twice)).toEqual({ kind: 'refused', reason: 'shares-do-not-sum' })
    const eleven = Array.from({ length: 11 }, () => ({ cardId: aPerson(), amount: 1n }))
    expect(await create(eleven)).toEqual({ kind: 'refused', reason: 'too-many-cards' })
    expect(await create([{ cardId, amount: 1n }], aPerson())).toEqual({ kind: 'refused', reason: 'unknown-merchant' })
    const dollarShop = await aShop(agent.database, { currencies: ['USD'] })
    expect(await create([{ cardId, amount: 1n }], dollarShop)).toEqual({ kind: 'refused', reason: 'unknown-merchant' })
  })

  test('asks the issuer again when what it said is old, and does not guess when it is silent (P8.4)', async () => {
    const { shopper, ids } = await aShopper(agent, [['hanbit', 'everyday']])
    const wanted = { merchantId, amount: krw(100), shares: [{ cardId: ids[0]!, amount: 100n }], mayRetry: false }
    agent.clock.advance(16 * 60_000)
    await agent.world.switch('hanbit', { on: 'inquiry', do: { kind: 'stall' }, times: 1 })
    expect(await agent.vcards.create(shopper, wanted)).toEqual({ kind: 'refused', reason: 'issuer-silent' })
    expect(await agent.vcards.create(shopper, wanted)).toMatchObject({ kind: 'created' })
  })
})

describe('room set aside', () => {
  test('counts as owed in the next proposal and is given back on cancelling (M-276, M-314, N6)', async () => {
    const { vcards } = agent
    const { shopper, ids } = await aShopper(agent, [['hanbit', 'everyday']])
    const wanted = (amount: bigint) => ({
      ...{ merchantId, amount: krw(amount), mayRetry: false },
      shares: [{ cardId: ids[0]!, amount }],
    })
    const created = await vcards.create(shopper, wanted(150_000n))
    if (created.kind !== 'created') throw new Error(created.reason)
    expect(await setAside(shopper)).toEqual([150_000n])
    expect(await vcards.propose(shopper, { merchantId, amount: krw(50_001) })).toMatchObject({
      kind: 'infeasible',
      considered: [{ room: 50_000n }],
    })
    expect(await vcards.create(shopper, wanted(50_001n))).toEqual({ kind: 'refused', reason: 'over-limit' })
    expect(await vcards.cancel(shopper, created.vcard.id)).toEqual({ kind: 'cancelled' })
    expect(await setAside(shopper)).toEqual([0n])
    expect(await vcards.create(shopper, wanted(200_000n))).toMatchObject({ kind: 'created' })
  })

  test('is given back at the moment of expiry, and the job writes it down afterwards (P8.4, N6)', async () => {
    const { vcards, clock, database } = agent
    const { shopper, vcard } = await aVCard({ expiresInMs: HOUR })
    const storedState = async () => (await database.prisma.vCard.findFirstOrThrow({ where: { id: vcard.id } })).state
    expect(await setAside(shopper)).toEqual([500n, 200n, 300n])
    clock.advance(HOUR)
    expect(await setAside(shopper)).toEqual([0n, 0n, 0n])
    expect(await vcards.get(shopper, vcard.id)).toMatchObject({ state: 'expired' })
    expect(await vcards.cancel(shopper, vcard.id)).toEqual({ kind: 'refused', reason: 'not-live' })
    expect(await vcards.revealNumber(shopper, vcard.id)).toBeUndefined()
    expect(await storedState()).toBe('live')
    while ((await vcards.expireDue(3)) > 0) expect(await spend(shopper, vcard.id)).toBe(false)
    expect(await storedState()).toBe('expired')
    expect(await vcards.get(shopper, vcard.id)).toMatchObject({ state: 'expired', closedAt: expect.any(Date) as Date })
  })

  test('is given back when the V-Card is spent: from then on the issuer counts it (M-285)', async () => {
    const { shopper, vcard } = await aVCard()
    expect(await spend(shopper, vcard.id)).toBe(true)
    expect(await setAside(shopper)).toEqual([0n, 0n, 0n])
    expect(await agent.vcards.get(shopper, vcard.id)).toMatchObject({ state: 'spent' })
    expect(await agent.vcards.cancel(shopper, vcard.id)).toEqual({ kind: 'refused', reason: 'not-live' })
    expect(await agent.vcards.revealNumber(shopper, vcard.id)).toBeUndefined()
  })

  test('never exceeds what is open, however many V-Cards are made at the same moment (P8.4, P2.5)', async () => {
    const { shopper, ids } = await aShopper(agent, [
      ['hanbit', 'everyday'],
      ['saero', 'everyday'],
    ])
    // 200,000 is open on the first card: three times 60,000 fit, twelve do not. Half name the cards the other way round.
    const create = (index: number) => {
      const shares = [
        { cardId: ids[0]!, amount: 60_000n },
        { cardId: ids[1]!, amount: 1n },
      ]
      if (index % 2 === 1) shares.reverse()
      return agent.vcards.create(shopper, { merchantId, amount: krw(60_001), shares, mayRetry: false })
    }
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_each, index) => create(index)))
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(3)
    expect(outcomes.filter((each) => each.kind === 'refused' && each.reason === 'over-limit')).toHaveLength(9)
    expect(await setAside(shopper)).toEqual([180_000n, 3n])
  })

  test('is given back when a card behind the V-Card is removed: the V-Card is cancelled, a spent one goes on', async () => {
    const { cards, vcards } = agent
    const { shopper, ids, vcard, number, amount } = await aVCard()
    const spent = await vcards.create(shopper, {
      ...{ merchantId, amount: krw(10), mayRetry: true },
      shares: [{ cardId: ids[0]!, amount: 10n }],
    })
    if (spent.kind !== 'created') throw new Error(spent.reason)
    await spend(shopper, spent.vcard.id, krw(10))
    expect(await cards.remove(shopper, ids[0]!)).toBe(true)
    expect(await vcards.get(shopper, vcard.id)).toMatchObject({ state: 'cancelled' })
    expect(await setAside(shopper)).toEqual([0n, 0n])
    expect(await vcards.resolve(number, { merchantId, amount })).toBeUndefined()
    expect(await vcards.get(shopper, spent.vcard.id)).toMatchObject({ state: 'spent' })
    expect((await cards.reveal(shopper, ids[0]!)).number).toBe(demoCard('hanbit').number)
  })

  test('waits for a V-Card that is being made over the same card, and counts it (P8.4)', async () => {
    const { database, vcards } = agent
    const { shopper, ids } = await aShopper(agent, [['hanbit', 'everyday']])
    const cardId = ids[0]!
    const wanted = { merchantId, amount: krw(100_000), shares: [{ cardId, amount: 100_000n }], mayRetry: false }
    let second: ReturnType<typeof vcards.create> | undefined
    await database.transaction(async (tx) => {
      const now = agent.clock.now()
      await lockRooms(tx, shopper, [cardId], now)
      second = vcards.create(shopper, wanted)
      await Promise.race([second, somebodyWaitsForALock()])
      const row = {
        ...{ shopperId: shopper, id: uuidAt(now), merchantId, mayRetry: false, state: 'live', lastFour: '0000' },
        ...{ sealedNumber: new Uint8Array(32), keyId: 'first', amount: 150_000n, currency: 'KRW' },
        ...{ createdAt: now, expiresAt: later(now, HOUR) },
      }
      await insertVCard(tx, row, [{ cardId, amount: 150_000n }])
    })
    expect(await second).toEqual({ kind: 'refused', reason: 'over-limit' })
    expect(await setAside(shopper)).toEqual([150_000n])
  })

  test('is given back once when cancelling and spending race (P8.3)', async () => {
    for (let round = 0; round < 5; round++) {
      const { shopper, vcard } = await aVCard()
      const [cancelled, spent] = await Promise.all([agent.vcards.cancel(shopper, vcard.id), spend(shopper, vcard.id)])
      expect([cancelled.kind === 'cancelled', spent].filter(Boolean)).toHaveLength(1)
    }
  })
})

describe('a V-Card number typed at a shop', () => {
  test('leads to the cards and shares behind it (M-266, M-280)', async () => {
    const { shopper, shares, vcard, number, amount } = await aVCard()
    const names = (['hanbit', 'saero', 'narae'] as const).map((issuer) => ({
      issuer,
      lastFour: demoCard(issuer).number.slice(-4),
    }))
    expect(await agent.vcards.resolve(number, { merchantId, amount })).toEqual({
      shopperId: shopper,
      vcardId: vcard.id,
      mayRetry: true,
      shares: shares.map((share, index) => ({ ...share, ...names[index] })),
    })
  })

  test('gets one answer whatever is wrong with it (P8.3)', async () => {
    const { vcards, database, clock } = agent
    const { shopper, vcard, number, amount } = await aVCard({ expiresInMs: HOUR })
    const otherShop = await aShop(database)
    expect(await vcards.resolve(drawVCardNumber(), { merchantId, amount })).toBeUndefined()
    expect(await vcards.resolve('', { merchantId, amount })).toBeUndefined()
    expect(await vcards.resolve(number, { merchantId: otherShop, amount })).toBeUndefined()
    expect(await vcards.resolve(number, { merchantId, amount: krw(999) })).toBeUndefined()
    expect(await vcards.resolve(number, { merchantId, amount: krw(1_001) })).toBeUndefined()
    expect(await vcards.resolve(number, { merchantId, amount: usd(1_000) })).toBeUndefined()
    expect(await vcards.resolve(number, { merchantId, amount })).toBeDefined()
    const { number: cancelled, shopper: other, vcard: theirs } = await aVCard()
    await vcards.cancel(other, theirs.id)
    expect(await vcards.resolve(cancelled, { merchantId, amount })).toBeUndefined()
    const { number: late } = await aVCard({ expiresInMs: HOUR })
    expect(await spend(shopper, vcard.id)).toBe(true)
    expect(await vcards.resolve(number, { merchantId, amount })).toBeUndefined()
    clock.advance(HOUR)
    expect(await vcards.resolve(late, { merchantId, amount })).toBeUndefined()
  })

  test('is not guessed at by a shop that repeats a purchase whose V-Card is spent already (P8.3, P4.1)', async () => {
    const { vcards } = agent
    const { shopper, vcard, number, amount } = await aVCard()
    await spend(shopper, vcard.id)
    const typedBy = { paymentId: aPerson(), address: '198.51.100.7' }
    for (let repeat = 0; repeat < 30; repeat++) {
      expect(await vcards.resolve(number, { merchantId, amount, typedBy })).toBeUndefined()
    }
    const another = await aVCard()
    expect(await vcards.resolve(another.number, { merchantId, amount: another.amount, typedBy })).toBeDefined()
  })
})

describe('what a declining card leaves', () => {
  test('is divided over the remaining cards of the V-Card, from what issuers say now (M-293, P3.7, P8.4)', async () => {
    const { shopper, ids, vcard, amount } = await aVCard()
    await spend(shopper, vcard.id)
    const shares = await agent.vcards.planAgain(shopper, vcard.id, [ids[0]!], amount.amount)
    expect(sum(shares!.map((share) => share.amount))).toBe(amount.amount)
    for (const { cardId } of shares!) expect(ids.slice(1)).toContain(cardId)
  })

  test('is never put on a card the shopper did not choose for it (P3.7)', async () => {
    const { cards } = agent
    const { shopper, ids } = await aShopper(agent, [
      ['hanbit', 'everyday'],
      ['saero', 'small-limit'],
      ['narae', 'roomy'],
    ])
    const shares = [
      { cardId: ids[0]!, amount: 90_000n },
      { cardId: ids[1]!, amount: 10_000n },
    ]
    const amount = krw(100_000)
    const made = await agent.vcards.create(shopper, { merchantId, amount, shares, mayRetry: true })
    if (made.kind !== 'created') throw new Error(made.reason)
    await spend(shopper, made.vcard.id, amount)
    // The other card of the V-Card has no room for it, the third one would have.
    expect(await agent.vcards.planAgain(shopper, made.vcard.id, [ids[0]!], amount.amount)).toBeUndefined()
    expect(await cards.list(shopper)).toHaveLength(3)
  })

  test('stays where it is without the shopper’s consent, before the V-Card is spent, or when no card is left', async () => {
    const { shopper, ids, vcard, amount } = await aVCard({ mayRetry: false })
    await spend(shopper, vcard.id)
    expect(await agent.vcards.planAgain(shopper, vcard.id, [ids[0]!], amount.amount)).toBeUndefined()
    const live = await aVCard()
    expect(await agent.vcards.planAgain(live.shopper, live.vcard.id, [], live.amount.amount)).toBeUndefined()
    await spend(live.shopper, live.vcard.id)
    expect(await agent.vcards.planAgain(live.shopper, live.vcard.id, live.ids, live.amount.amount)).toBeUndefined()
    expect(await agent.vcards.planAgain(live.shopper, live.vcard.id, [], live.amount.amount)).toBeDefined()
  })
})
