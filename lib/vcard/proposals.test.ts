import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { createCards } from '../cards/cards'
import { termsOf } from '../cards/wallet.fixtures'
import type { Uuid } from '../ids'
import { krw, sum, usd } from '../money/money'
import type { Agent } from './agent.fixtures'
import { declinedCards } from './declined-cards'
import { aPerson, aShop, aShopper, startAgent } from './agent.fixtures'
import type { Proposal } from './proposal'

let agent: Agent

beforeAll(async () => {
  agent = await startAgent()
})
afterAll(() => agent.close())
beforeEach(() => agent.world.reset())

function proposed(proposal: Proposal) {
  if (proposal.kind !== 'proposed') throw new Error(`no proposal: ${proposal.kind}`)
  return proposal
}

const traveller = { answers: { feature: 'rewards', reward: 'miles', bill: 'in-full' } } as const

describe('a proposal', () => {
  test('fills the favourite card with what is left on it and puts the rest elsewhere (M-235, M-258, M-328)', async () => {
    const { vcards, preferences, database } = agent
    const { shopper, ids } = await aShopper(agent, [
      ['hanbit', 'everyday'],
      ['saero', 'everyday'],
    ])
    await preferences.save(shopper, traveller)
    const merchantId = await aShop(database)
    const proposal = proposed(await vcards.propose(shopper, { merchantId, amount: krw(1_000_000) }))
    expect(proposal.recommendation).toBe('split')
    expect(proposal.shares).toMatchObject([
      { cardId: ids[0], amount: 200_000n, room: 200_000n },
      { cardId: ids[1], amount: 800_000n, room: 1_800_000n },
    ])
    const codes = proposal.shares.map(({ reasons }) => reasons.map(({ code }) => code))
    expect(codes).toEqual([['all-its-room', 'earns', 'earns'], ['rest']])
    expect(proposal.shares[0]!.earned).toMatchObject([
      { type: 'miles', value: 2_400 },
      { type: 'miles', value: 2_400, label: { en: expect.stringMatching(/^Double miles/) as string } },
    ])
    // The best single card beside it carries the whole amount, for less.
    expect(proposal.bestSingle).toMatchObject({ cardId: ids[1], amount: 1_000_000n })
    expect(proposal.advantage).toBeCloseTo(proposal.totals.utility - proposal.bestSingle!.utility, 6)
    expect(proposal.advantage).toBeGreaterThan(0)
    expect(proposal.totals.rewards).toBe(4_800)
  })

  test('is a single card when dividing is not worth its fees (M-318, M-317, M-331)', async () => {
    const { vcards, database } = agent
    const { shopper, ids } = await aShopper(agent, [['saero'], ['daon']])
    const merchantId = await aShop(database)
    const proposal = proposed(await vcards.propose(shopper, { merchantId, amount: krw(20_000) }))
    expect(proposal).toMatchObject({ recommendation: 'single', advantage: 0, shares: [{ cardId: ids[0] }] })
    expect(proposal.bestSingle).toMatchObject(proposal.shares[0]!)
  })

  test('weighs interest against miles as the shopper does (M-233, M-236, M-305, M-311, N2)', async () => {
    const { vcards, preferences, database } = agent
    const { shopper, ids } = await aShopper(agent, [['hanbit'], ['saero']])
    const merchantId = await aShop(database)
    const purchase = { merchantId, amount: krw(3_000_000) }
    await preferences.save(shopper, { answers: { feature: 'low-interest', reward: 'none', bill: 'minimum' } })
    // Somebody who repays in parts puts most on the low interest; a second card only shortens the repayment.
    const revolver = proposed(await vcards.propose(shopper, purchase)).shares
    const onLowInterest = revolver.find(({ cardId }) => cardId === ids[1])
    expect(onLowInterest!.amount > 2_000_000n).toBe(true)
    expect(onLowInterest!.reasons).toContainEqual({ code: 'lowest-interest', apr: 0.059 })
    agent.clock.advance(1)
    await preferences.save(shopper, traveller)
    expect(proposed(await vcards.propose(shopper, purchase)).shares).toMatchObject([{ cardId: ids[0] }])
  })

  test('includes the department store’s own card at that store and nowhere else (M-264)', async () => {
    const { vcards, preferences, database } = agent
    const { shopper, ids } = await aShopper(agent, [['saero'], ['daon']])
    await preferences.save(shopper, { answers: { feature: 'promotions', reward: 'discount', bill: 'in-full' } })
    const store = await aShop(database, { nameEn: 'Daon Department Store' })
    const there = proposed(await vcards.propose(shopper, { merchantId: store, amount: krw(500_000) }))
    const daon = there.shares.find(({ cardId }) => cardId === ids[1])
    expect(daon?.earned.map(({ type }) => type)).toContain('discount')
    expect(daon?.reasons.map(({ code }) => code)).toContain('earns')
    const elsewhere = await aShop(database, { nameEn: 'Another Store' })
    const here = proposed(await vcards.propose(shopper, { merchantId: elsewhere, amount: krw(500_000) }))
    expect(here.shares.flatMap(({ earned }) => earned.map(({ type }) => type))).not.toContain('discount')
  })

  test('never gives a card more than is open on it, and sums to the amount to the last won (P8.4, M-306, M-307, M-309, M-332, N5)', async () => {
    const { vcards, preferences, database } = agent
    const { shopper } = await aShopper(agent, [
      ['hanbit', 'everyday'],
      ['saero', 'everyday'],
      ['narae', 'everyday'],
      ['daon', 'everyday'],
    ])
    await preferences.save(shopper, traveller)
    const merchantId = await aShop(database)
    for (const amount of [1_000n, 199_999n, 1_234_567n, 5_432_101n, 7_849_999n]) {
      const { shares } = proposed(await vcards.propose(shopper, { merchantId, amount: krw(amount) }))
      expect(sum(shares.map((share) => share.amount))).toBe(amount)
      for (const share of shares) expect(share.amount > 0n && share.amount <= share.room).toBe(true)
    }
  })

  test('knows what the card was used for elsewhere a moment ago (M-316)', async () => {
    const { vcards, world, database } = agent
    const { shopper } = await aShopper(agent, [['saero', 'everyday']])
    await world.changeCard('saero', { number: demoCard('saero', 'everyday').number, owed: '2900000' })
    const merchantId = await aShop(database)
    expect(await vcards.propose(shopper, { merchantId, amount: krw(1_000_000) })).toMatchObject({
      kind: 'infeasible',
      reason: { code: 'CAPACITY_SHORT', capacity: 100_000, shortBy: 900_000 },
      considered: [{ room: 100_000n }],
    })
  })

  test('leaves out cards that cannot carry anything and says why', async () => {
    const { vcards, world, database } = agent
    const { shopper, ids } = await aShopper(agent, [['hanbit'], ['saero'], ['narae', 'lost'], ['atlas'], ['daon']])
    await world.switch('hanbit', { on: 'inquiry', do: { kind: 'stall' } })
    const merchantId = await aShop(database)
    const proposal = proposed(await vcards.propose(shopper, { merchantId, amount: krw(10_000), without: [ids[4]!] }))
    expect(proposal.leftOut).toEqual([
      { cardId: ids[0], reason: 'no-answer' },
      { cardId: ids[2], reason: 'refused' },
      { cardId: ids[3], reason: 'other-currency' },
      { cardId: ids[4], reason: 'without' },
    ])
    expect(proposal.shares).toMatchObject([{ cardId: ids[1] }])
  })

  test('made again after a decline leaves out the cards that declined, and only the shopper’s own (M-293)', async () => {
    const { vcards, database } = agent
    const { shopper, ids } = await aShopper(agent, [
      ['hanbit', 'everyday'],
      ['saero', 'everyday'],
      ['narae', 'roomy'],
    ])
    const merchantId = await aShop(database)
    const wanted = { merchantId, amount: krw(1_000_000) }
    const first = proposed(await vcards.propose(shopper, wanted))
    expect(first.shares).toHaveLength(2)
    const [declining, other] = first.shares
    const legOf = (cardId: Uuid, state: string, ownerId = shopper) => ({ state, means: { cardId, ownerId } })
    const without = declinedCards(
      [
        legOf(declining!.cardId, 'declined'),
        legOf(declining!.cardId, 'declined'),
        legOf(other!.cardId, 'voided'),
        legOf(ids[2]!, 'declined', aPerson()),
      ],
      shopper,
    )
    expect(without).toEqual([declining!.cardId])
    const again = proposed(await vcards.propose(shopper, { ...wanted, without }))
    expect(again.shares.map(({ cardId }) => cardId)).not.toContain(declining!.cardId)
    expect(again.considered.map(({ cardId }) => cardId)).not.toContain(declining!.cardId)
    expect(again.leftOut).toContainEqual({ cardId: declining!.cardId, reason: 'without' })
    expect(sum(again.shares.map(({ amount }) => amount))).toBe(1_000_000n)
  })

  test('in dollars is divided over cards in dollars', async () => {
    const { vcards, database } = agent
    const { shopper, ids } = await aShopper(agent, [['hanbit'], ['atlas']])
    const merchantId = await aShop(database)
    const proposal = proposed(await vcards.propose(shopper, { merchantId, amount: usd(12_345) }))
    expect(proposal.shares).toMatchObject([{ cardId: ids[1], amount: 12_345n }])
  })

  test('uses the last terms of a silent feed and says how old they are (M-320)', async () => {
    const { vcards, world, clock, database } = agent
    const { shopper } = await aShopper(agent, [['hanbit']])
    const merchantId = await aShop(database)
    const before = proposed(await vcards.propose(shopper, { merchantId, amount: krw(10_000) }))
    clock.advance(20 * 60_000)
    await world.switch('hanbit', { on: 'terms', do: { kind: 'garbage' }, times: 1 })
    const after = proposed(await vcards.propose(shopper, { merchantId, amount: krw(10_000) }))
    expect(before.shares[0]!.terms).toMatchObject({ kind: 'feed', isSilent: false })
    expect(after.shares[0]!.terms).toEqual({ ...before.shares[0]!.terms, isSilent: true })
    expect(after.shares[0]!.apr).toBe(0.159)
  })

  test('falls back to what the holder declared of a card, else assumes no good, and says so (M-324)', async () => {
    const { parts, build, world, clock, database } = agent
    const cards = createCards({ ...parts, issuerTerms: termsOf(world, clock) })
    const vcards = build({ cards })
    const { shopper, ids } = await aShopper(agent, [['hanbit'], ['saero']])
    await agent.cards.update(shopper, ids[0]!, { terms: { apr: '0.12', minPayment: '70000' } })
    await world.switch('hanbit', { on: 'terms', do: { kind: 'garbage' } })
    await world.switch('saero', { on: 'terms', do: { kind: 'garbage' } })
    const merchantId = await aShop(database)
    const proposal = proposed(await vcards.propose(shopper, { merchantId, amount: krw(10_000) }))
    expect(proposal.considered).toMatchObject([
      { cardId: ids[0], apr: 0.12, terms: { kind: 'declared' } },
      { cardId: ids[1], apr: 0.2, terms: { kind: 'assumed' } },
    ])
  })

  test('of an amount beyond what is divided is refused with the bound (P8.5)', async () => {
    const { vcards, database } = agent
    const { shopper } = await aShopper(agent, [['hanbit', 'benchmark']])
    const merchantId = await aShop(database)
    expect(await vcards.propose(shopper, { merchantId, amount: krw(1_000_000_001) })).toMatchObject({
      kind: 'infeasible',
      reason: { code: 'AMOUNT_TOO_LARGE', largest: 1_000_000_000n },
    })
  })

  test('for no cards, or no such shop, is a plain no', async () => {
    const { vcards, database } = agent
    const merchantId = await aShop(database)
    expect(await vcards.propose(aPerson(), { merchantId, amount: krw(1) })).toMatchObject({
      kind: 'infeasible',
      reason: { code: 'CAPACITY_SHORT', shortBy: 1 },
    })
    expect(await vcards.propose(aPerson(), { merchantId: aPerson(), amount: krw(1) })).toEqual({
      kind: 'refused',
      reason: 'unknown-merchant',
    })
  })
})

describe('shares changed by hand', () => {
  test('are reckoned exactly as the proposal is', async () => {
    const { vcards, database } = agent
    const { shopper } = await aShopper(agent, [
      ['hanbit', 'everyday'],
      ['narae', 'everyday'],
    ])
    const merchantId = await aShop(database)
    const amount = krw(1_000_000)
    const proposal = proposed(await vcards.propose(shopper, { merchantId, amount }))
    const shares = proposal.shares.map((share) => ({ cardId: share.cardId, amount: share.amount }))
    const same = await vcards.evaluate(shopper, { merchantId, amount, shares })
    expect(same).toMatchObject({ kind: 'evaluated', totals: proposal.totals })
  })

  test('never come out better than the proposal', async () => {
    const { vcards, database } = agent
    const { shopper, ids } = await aShopper(agent, [
      ['hanbit', 'everyday'],
      ['narae', 'everyday'],
    ])
    const merchantId = await aShop(database)
    const amount = krw(1_000_000)
    const { totals } = proposed(await vcards.propose(shopper, { merchantId, amount }))
    for (const first of [100n, 50_000n, 123_456n, 200_000n]) {
      const shares = [
        { cardId: ids[0]!, amount: first },
        { cardId: ids[1]!, amount: amount.amount - first },
      ]
      const evaluation = await vcards.evaluate(shopper, { merchantId, amount, shares })
      if (evaluation.kind !== 'evaluated') throw new Error(evaluation.reason)
      expect(evaluation.totals.utility).toBeLessThanOrEqual(totals.utility + 1)
    }
  })

  test('are refused with the card and the reason when they cannot be', async () => {
    const { vcards, database } = agent
    const { shopper, ids } = await aShopper(agent, [
      ['hanbit', 'everyday'],
      ['daon', 'roomy'],
    ])
    const [hanbit, daon] = ids as [string, string]
    const merchantId = await aShop(database)
    const ask = (total: number, shares: [string, number][]) =>
      vcards.evaluate(shopper, {
        merchantId,
        amount: krw(total),
        shares: shares.map(([cardId, amount]) => ({ cardId, amount: BigInt(amount) })),
      })
    const no = (reason: string, cardId?: string) => ({ kind: 'refused', reason, ...(cardId && { cardId }) })
    expect(await ask(1_000, [[hanbit, 999]])).toEqual(no('shares-do-not-sum'))
    expect(
      await ask(1_000, [
        [hanbit, 1_500],
        [daon, -500],
      ]),
    ).toEqual(no('shares-do-not-sum'))
    expect(
      await ask(1_000, [
        [hanbit, 500],
        [hanbit, 500],
      ]),
    ).toEqual(no('shares-do-not-sum'))
    expect(await ask(300_000, [[hanbit, 300_000]])).toEqual(no('over-limit', hanbit))
    expect(
      await ask(10_000, [
        [hanbit, 9_500],
        [daon, 500],
      ]),
    ).toEqual(no('below-least-charge', daon))
    expect(await ask(6_000_000, [[daon, 6_000_000]])).toEqual(no('above-largest-charge', daon))
    const stranger = aPerson()
    expect(await ask(1_000, [[stranger, 1_000]])).toEqual(no('card-missing', stranger))
    expect(await ask(1_000_000_001, [[daon, 1_000_000_001]])).toEqual(no('amount-too-large'))
    expect(
      await ask(1_000, [
        [hanbit, 1_000],
        [daon, 0],
      ]),
    ).toMatchObject({ kind: 'evaluated' })
  })

  test('are refused for no card because its monthly payment would never pay them off: it is raised, and told (N3)', async () => {
    const { vcards, world, clock, database } = agent
    const { shopper, ids } = await aShopper(agent, [['hanbit', 'roomy']])
    const merchantId = await aShop(database)
    const amount = krw(1_000_000)
    const shares = [{ cardId: ids[0]!, amount: amount.amount }]
    const before = await vcards.evaluate(shopper, { merchantId, amount, shares })
    expect(before).toMatchObject({ kind: 'evaluated', hasRaisedPayments: false })
    await world.changeTerms('hanbit', '940001', { minPayment: '1' })
    clock.advance(16 * 60_000)
    const after = await vcards.evaluate(shopper, { merchantId, amount, shares })
    expect(after).toMatchObject({ kind: 'evaluated', hasRaisedPayments: true })
    expect(await vcards.propose(shopper, { merchantId, amount })).toMatchObject({
      kind: 'proposed',
      hasRaisedPayments: true,
      totals: after.kind === 'evaluated' && after.totals,
    })
    // What no payment could change stays a no, with the room as the bound.
    expect(await vcards.propose(shopper, { merchantId, amount: krw(10_000_001) })).toMatchObject({
      kind: 'infeasible',
      reason: { code: 'CAPACITY_SHORT', capacity: 10_000_000, shortBy: 1 },
    })
  })
})
