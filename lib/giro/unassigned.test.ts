import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PaidIn } from '../../simulators/bank-files/credits'
import { verifyBooks } from '../ledger/verify'
import type { Merchant } from '../merchants/merchant'
import { NO_MERCHANT } from '../messages/message'
import { anOrder, cardMeans, openedPayment, type PaymentWorld, startPayments } from '../payments/payments.fixtures'
import type { GiroBill, GiroCredit } from './giro-bill'
import type { GiroDesk } from './giro-desk'

const ANNA = { id: '00000000-0000-7000-8000-00000000a11a', name: '오세린', role: 'operator' }
const BORA = { id: '00000000-0000-7000-8000-00000000b0ba', name: '문하람', role: 'operator' }
const BY_GIRO = { module: 'giro', input: { name: '한지우', email: 'jiwoo@example.com' } }

let world: PaymentWorld
let merchant: Merchant
let giro: GiroDesk
let payments: PaymentWorld['gateway']['payments']

beforeAll(async () => {
  world = await startPayments()
  ;({ giro, payments } = world.gateway)
})

beforeEach(async () => {
  await world.outside.reset()
  merchant = await world.gateway.merchants.create({
    ...{ name: '달그릇', nameEn: 'Moonbowl', categoryCode: '5411', currencies: ['KRW'], confirmation: 'none' },
    ...{ returnUrls: [], modules: ['giro', 'card', 'cash-on-delivery'] },
  })
})

/** Sixty thousand by card now, thirty thousand by giro. */
async function ordered(): Promise<{ id: string; bill: GiroBill }> {
  const means = [cardMeans('hanbit', 'roomy', 60_000n), { ...BY_GIRO, amount: 30_000n }]
  const { id } = openedPayment(await payments.open(anOrder(merchant, { means })))
  return { id, bill: await billOf(id) }
}

const billOf = async (id: string) => (await giro.billsOf(merchant.id, id))[0]!

async function paysIn(...paid: PaidIn[]): Promise<void> {
  await world.outside.payIn('gaon', paid)
  await world.gateway.giro.readCredits()
  await payments.finishDue(100)
  await payments.idle()
}

const agreed = async () => {
  await world.expectAgreed(merchant.id)
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
}

async function decide({ id }: GiroCredit, agreed: boolean, by = BORA) {
  const proposal = (await giro.proposals(100)).find(({ creditId }) => creditId === id)!
  return giro.decideProposal(proposal.id, { agreed, by })
}

describe('what is nobody’s moves only by two operators (P6.3)', () => {
  async function nobodys(amount: string): Promise<GiroCredit> {
    const payer = `누군가 ${randomUUID()}`
    await paysIn({ amount, payer, payerAccount: '90015550003333' })
    return (await giro.unassigned({ search: payer, limit: 1 }))[0]!
  }
  const left = async ({ id }: GiroCredit) => (await giro.credit(NO_MERCHANT, id))!.unassigned

  test('whoever has proposed it cannot agree to it, or refuse it; until another one does nothing moves', async () => {
    const { id, bill } = await ordered()
    const [forBill, back] = [await nobodys('30000'), await nobodys('4000')]
    expect(await giro.proposeAssign(forBill.id, bill.reference, ANNA)).toBe('proposed')
    expect(await giro.proposeReturned(back.id, 'BACK-7', ANNA)).toBe('proposed')
    for (const credit of [forBill, back]) {
      for (const agreed of [true, false]) expect(await decide(credit, agreed, ANNA)).toBe('gone')
      expect(await left(credit)).toBe(credit.amount.amount)
    }
    expect(await giro.waiting([forBill.id, back.id])).toEqual(new Set([forBill.id, back.id]))
    expect(await decide(back, false)).toBe('refused')
    expect(await left(back)).toBe(4_000n)
    expect(await giro.proposeReturned(back.id, 'BACK-8', BORA)).toBe('proposed')
    expect(await decide(back, true, ANNA)).toBe('agreed')
    expect(await giro.credit(NO_MERCHANT, back.id)).toMatchObject({ returned: 4_000n, returnReference: 'BACK-8' })
    expect(await decide(forBill, true)).toBe('agreed')
    expect(await giro.waiting([forBill.id, back.id])).toEqual(new Set())
    await payments.finishDue(100)
    await payments.idle()
    expect((await payments.find(merchant.id, id))?.state).toBe('paid')
    await agreed()
  })

  test('of two who propose at once one waits, and of many who agree at once one does', async () => {
    const credit = await nobodys('5000')
    const proposed = await Promise.all([
      giro.proposeReturned(credit.id, 'BACK-A', ANNA),
      giro.proposeReturned(credit.id, 'BACK-B', ANNA),
    ])
    expect(proposed.sort()).toEqual(['proposed', 'waits'])
    const proposal = (await giro.proposals(100)).find(({ creditId }) => creditId === credit.id)!
    const decided = await Promise.all(
      Array.from({ length: 5 }, () => giro.decideProposal(proposal.id, { agreed: true, by: BORA })),
    )
    expect(decided.sort()).toEqual(['agreed', 'gone', 'gone', 'gone', 'gone'])
    expect(await giro.credit(NO_MERCHANT, credit.id)).toMatchObject({ returned: 5_000n, unassigned: 0n })
    await agreed()
  })

  test('what was ordered back by transfer meanwhile is not booked once more', async () => {
    const credit = await nobodys('6000')
    expect(await giro.proposeReturned(credit.id, 'BACK-9', ANNA)).toBe('proposed')
    expect(await world.gateway.returns.proposeUnassigned(credit.id, ANNA)).toBe('ordered')
    expect(await decide(credit, true)).toBe('too-late')
    expect(await giro.credit(NO_MERCHANT, credit.id)).toMatchObject({ ordered: 6_000n, returned: 0n })
    await agreed()
  })
})
