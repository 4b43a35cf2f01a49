import { beforeEach, describe, expect, test } from 'vitest'
import { anOrder, cardMeans, openedPayment, partsOf, startPayments } from '../payments/payments.fixtures'
import { createPayments } from '../payments/payments'
import { feeOf } from '../payments/module-terms'
import type { Merchant } from '../merchants/merchant'
import type { PaymentModule } from '../modules/payment-module'
import { aMerchant, aShopper } from '../../test/gateway'
import { krw } from '../money/money'
import { createCaptureBatches } from './capture-batches'
import type { TermsChanges } from './terms-changes'

const world = await startPayments()
const { gateway, clock } = world
const { merchantModules } = gateway
let shop: Merchant

beforeEach(async () => {
  shop = await world.aShop()
})

const pay = (changes: Parameters<typeof anOrder>[1] = {}) =>
  createPayments(partsOf(gateway)).open(anOrder(shop, { means: [cardMeans('hanbit')], ...changes }))
const refusedAs = (reason: string) => ({ kind: 'refused', reason })

describe('registering, activating, deactivating', () => {
  test('a module that is registered anew is inactive, and takes no payment until it is activated (M-157)', async () => {
    const merchant = await aMerchant(gateway, { modules: [] })
    expect(await merchantModules.register(merchant.id, 'card')).toMatchObject({ terms: { state: 'inactive' } })
    const payments = createPayments(partsOf(gateway))
    const means = [cardMeans('hanbit')]
    expect(await payments.open(anOrder(merchant, { means }))).toEqual(refusedAs('module-unavailable'))
    await merchantModules.change(merchant.id, 'card', { state: 'active' })
    expect(openedPayment(await payments.open(anOrder(merchant, { means })))).toMatchObject({ state: 'paid' })
  })

  test('the list at the merchant and the modules’ own states say the same, whoever writes', async () => {
    await merchantModules.change(shop.id, 'card', { state: 'inactive' })
    expect(await gateway.merchants.get(shop.id)).toMatchObject({ modules: ['vcard'] })
    await gateway.merchants.change(shop.id, { modules: ['e-cash', 'card'] })
    const states = [...(await merchantModules.termsOf(shop.id)).values()].map(({ module, state }) => [module, state])
    expect(states).toEqual([
      ['e-cash', 'active'],
      ['card', 'active'],
      ['vcard', 'inactive'],
    ])
    await merchantModules.change(shop.id, 'card', { position: 0 })
    expect(await gateway.merchants.get(shop.id)).toMatchObject({ modules: ['card', 'e-cash'] })
  })

  test('what runs over a module is counted, and finishes after it was deactivated (N15)', async () => {
    const held = openedPayment(await pay({ captureMode: 'manual' }))
    const paid = openedPayment(await pay())
    expect((await merchantModules.running(shop.id)).get('card')).toEqual({ payments: 1, refunds: 0 })
    await merchantModules.change(shop.id, 'card', { state: 'inactive' })
    expect(await pay()).toEqual(refusedAs('module-unavailable'))
    expect(await gateway.payments.capture(shop.id, held.id)).toMatchObject({ payment: { state: 'paid' } })
    const refund = await gateway.refunds.open({
      ...{
        merchantId: shop.id,
        paymentId: paid.id,
        amount: 90_000n,
        strategy: 'ratio',
        kind: 'refund',
        reason: 'returned',
      },
      requestedBy: { kind: 'person', id: 'p', name: 'Owner' },
    })
    expect(refund).toMatchObject({ refund: { state: 'refunded' } })
    expect((await merchantModules.running(shop.id)).get('card')).toBeUndefined()
  })

  test('a module that this gateway does not have, and one that was never registered, cannot be changed', async () => {
    expect(await merchantModules.register(shop.id, 'magic')).toEqual(refusedAs('not-installed'))
    expect(await merchantModules.change(shop.id, 'e-cash', { state: 'active' })).toEqual(refusedAs('not-registered'))
  })
})

describe('terms', () => {
  test.each([
    { amount: 900n, fits: false },
    { amount: 1_000n, fits: true },
    { amount: 50_000n, fits: true },
    { amount: 50_001n, fits: false },
  ])('an amount of ₩$amount within ₩1,000 to ₩50,000 is taken: $fits', async ({ amount, fits }) => {
    await merchantModules.change(shop.id, 'card', { limits: { KRW: { minimum: 1_000n, maximum: 50_000n } } })
    const opened = await pay({ amount: krw(amount) })
    expect(opened).toMatchObject(
      fits ? { kind: 'opened', payment: { state: 'paid' } } : refusedAs('amount-out-of-bounds'),
    )
  })

  test('a means for one currency takes no other', async () => {
    await merchantModules.change(shop.id, 'card', { currencies: ['USD'] })
    expect(await pay()).toEqual(refusedAs('currency-not-carried'))
  })

  test.each<{ what: string; changes: TermsChanges; reason: string }>([
    {
      what: 'a minimum above its maximum',
      changes: { limits: { KRW: { minimum: 2n, maximum: 1n } } },
      reason: 'limits-crossed',
    },
    {
      what: 'a currency that the shop does not take',
      changes: { currencies: ['JPY'] },
      reason: 'currency-not-accepted',
    },
    {
      what: 'a fee in such a currency',
      changes: { fee: { bps: 1, fixed: { JPY: 1n } } },
      reason: 'currency-not-accepted',
    },
    {
      what: 'a combination with what is not there',
      changes: { combination: { kind: 'listed', with: ['magic'] } },
      reason: 'unknown-module',
    },
    {
      what: 'a setting that the module does not know',
      changes: { settings: { colour: 'red' } },
      reason: 'wrong-settings',
    },
    {
      what: 'two policies for one product group',
      changes: {
        refunds: {
          policy: 'allow',
          groups: [
            { group: 'a', policy: 'forbid' },
            { group: 'a', policy: 'allow' },
          ],
        },
      },
      reason: 'group-twice',
    },
  ])('$what is refused, and nothing is changed', async ({ changes, reason }) => {
    const before = await merchantModules.termsOf(shop.id)
    expect(await merchantModules.change(shop.id, 'card', changes)).toMatchObject(refusedAs(reason))
    expect(await merchantModules.termsOf(shop.id)).toEqual(before)
  })

  test('a payment costs what the rule of its own time says, to the minor unit', async () => {
    const fee = { bps: 250, fixed: { KRW: 100n } }
    const before = clock.now()
    clock.forward(1000)
    await merchantModules.change(shop.id, 'card', { fee })
    const between = clock.now()
    clock.forward(1000)
    await merchantModules.change(shop.id, 'card', { fee: { bps: 0, fixed: {} } })
    const asked = async (amount: bigint, at: Date) => {
      const { rows } = await gateway.database.pool.query<{ fee: string }>(
        `select module_fee($1, 'card', 'KRW', $2, $3)::text as fee`,
        [shop.id, amount, at],
      )
      return BigInt(rows[0]!.fee)
    }
    for (const amount of [1n, 99n, 100n, 101n, 90_020n, 90_019n, 999_999_999_999n]) {
      expect(await asked(amount, between)).toBe(feeOf(fee, amount, 'KRW'))
    }
    expect(await asked(90_020n, between)).toBe(2_351n)
    expect([await asked(90_000n, before), await asked(90_000n, clock.now())]).toEqual([0n, 0n])
  })
})

describe('who may use a module (M-158)', () => {
  test('only whom the shop has listed, alone or in a group, pays by it', async () => {
    const [one, inGroup, stranger] = [await aShopper(gateway), await aShopper(gateway), await aShopper(gateway)]
    await merchantModules.change(shop.id, 'card', { audience: 'listed' })
    const group = await merchantModules.createGroup(shop.id, '단골')
    await merchantModules.addMembers(shop.id, group!.id, [inGroup.email.toUpperCase()])
    await merchantModules.admit(shop.id, 'card', { emails: [one.email], groupIds: [group!.id] })
    const payments = createPayments(partsOf(gateway))
    const payAs = async (shopperId?: string) => {
      const open = openedPayment(await payments.open(anOrder(shop, { channel: 'hosted' })))
      return payments.pay(shop.id, open.id, {
        means: [cardMeans('hanbit')],
        // What a guest types proves nothing.
        email: one.email,
        ...(shopperId && { shopperId }),
      })
    }
    expect(await payAs(one.id)).toMatchObject({ kind: 'settled' })
    expect(await payAs(inGroup.id)).toMatchObject({ kind: 'settled' })
    expect(await payAs(stranger.id)).toEqual(refusedAs('shopper-not-admitted'))
    expect(await payAs()).toEqual(refusedAs('shopper-not-admitted'))
    expect(await pay({ email: inGroup.email })).toMatchObject({ kind: 'opened' })
    expect(await pay({ email: stranger.email })).toEqual(refusedAs('shopper-not-admitted'))

    const offered = (buyer: { shopperId?: string }, amount = 1n) =>
      merchantModules.offered(shop.id, { amount, currency: 'KRW', buyer })
    expect(await offered({ shopperId: one.id })).toEqual({ usable: ['card', 'vcard'], outOfBounds: [] })
    expect(await offered({ shopperId: stranger.id })).toEqual({ usable: ['vcard'], outOfBounds: [] })

    // Whoever may use a means is told which amounts it carries; whoever may not hears nothing of it.
    await merchantModules.change(shop.id, 'card', { limits: { KRW: { minimum: 1_000n } } })
    const tooSmall = [{ module: 'card', minimum: 1_000n }]
    expect(await offered({ shopperId: one.id }, 999n)).toEqual({ usable: ['vcard'], outOfBounds: tooSmall })
    expect(await offered({ shopperId: one.id }, 1_000n)).toEqual({ usable: ['card', 'vcard'], outOfBounds: [] })
    expect(await offered({ shopperId: stranger.id }, 999n)).toEqual({ usable: ['vcard'], outOfBounds: [] })
    await merchantModules.change(shop.id, 'card', { limits: {} })

    await merchantModules.removeGroup(shop.id, group!.id)
    expect(await payAs(inGroup.id)).toEqual(refusedAs('shopper-not-admitted'))
  })

  test('another merchant’s group opens nothing, and an address that is none is named by its place', async () => {
    const other = await world.aShop()
    const group = await merchantModules.createGroup(other.id, 'theirs')
    expect(await merchantModules.admit(shop.id, 'card', { groupIds: [group!.id] })).toEqual(refusedAs('unknown-group'))
    const own = await merchantModules.createGroup(shop.id, 'ours')
    const added = await merchantModules.addMembers(shop.id, own!.id, ['a@example.com', 'nobody'])
    expect(added).toEqual({ kind: 'refused', reason: 'wrong-address', at: 1 })
    expect(await merchantModules.members(shop.id, own!.id, { limit: 10 })).toEqual([])
    expect(await merchantModules.createGroup(shop.id, 'ours')).toBeUndefined()
  })
})

describe('which may stand together', () => {
  const later: PaymentModule = {
    code: 'later',
    timing: 'deferred',
    plan: ({ amount }) =>
      Promise.resolve({ kind: 'planned', legs: [{ module: 'later', means: {}, amount: amount.amount }] }),
    authorize: () => Promise.resolve({ kind: 'authorized', hold: {} }),
    capture: () => Promise.resolve({ kind: 'later', until: new Date('2030-01-01') }),
    void: () => Promise.resolve({ kind: 'done' }),
  }
  async function payMixed(asked: string[] = [], role: 'roomy' | 'declines' = 'roomy') {
    const parts = partsOf(gateway)
    const authorize: PaymentModule['authorize'] = (leg) => {
      asked.push('later')
      return later.authorize(leg)
    }
    const means = [cardMeans('hanbit', role, 40_000n), { module: 'later', amount: 50_000n, input: {} }]
    const modules = new Map([...parts.modules, ['later', { ...later, authorize }] as const])
    return createPayments({ ...parts, modules }).open(anOrder(shop, { means }))
  }

  beforeEach(async () => {
    await gateway.merchants.change(shop.id, { modules: ['card', 'later'] })
  })

  test.each([
    ['any', { kind: 'any' } as const, true],
    ['alone', { kind: 'alone' } as const, false],
    ['one of its list', { kind: 'listed', with: ['vcard'] } as const, false],
  ])('a card that stands with %s', async (_, combination, isTaken) => {
    await merchantModules.change(shop.id, 'card', { combination })
    expect(await payMixed()).toMatchObject(isTaken ? { kind: 'opened' } : refusedAs('means-do-not-mix'))
  })

  test('what people notice is not asked for when the card declines, and nothing is taken (P2.3)', async () => {
    const asked: string[] = []
    expect(openedPayment(await payMixed(asked, 'declines'))).toMatchObject({ state: 'declined' })
    expect(asked).toEqual([])
  })
})

describe('batches (M-150)', () => {
  test.each([
    [{ kind: 'daily', at: '23:30' }, '2026-11-21T10:00:00+09:00', '2026-11-21T23:30:00+09:00'],
    [{ kind: 'daily', at: '09:00' }, '2026-11-21T09:00:00+09:00', '2026-11-22T09:00:00+09:00'],
    [{ kind: 'monthly', day: 31, at: '06:00' }, '2026-11-21T10:00:00+09:00', '2026-11-30T06:00:00+09:00'],
    [{ kind: 'monthly', day: 31, at: '06:00' }, '2027-01-31T07:00:00+09:00', '2027-02-28T06:00:00+09:00'],
    [{ kind: 'monthly', day: 5, at: '06:00' }, '2026-11-05T05:59:00+09:00', '2026-11-05T06:00:00+09:00'],
  ])('of %j after %s comes at %s', async (schedule, after, next) => {
    const { rows } = await gateway.database.pool.query<{ at: Date }>('select next_batch($1, $2, $3) as at', [
      schedule,
      'Asia/Seoul',
      new Date(after),
    ])
    expect(rows[0]!.at).toEqual(new Date(next))
  })

  test('a batch captures what is held, once, at its time; without a schedule nothing is captured', async () => {
    const held = openedPayment(await pay({ captureMode: 'manual' }))
    const { settings, database } = gateway
    const { installed } = merchantModules
    const batches = createCaptureBatches({ database, clock, settings, installed, payments: gateway.payments })
    const stateOf = async () => (await gateway.payments.find(shop.id, held.id))?.state
    const set = await merchantModules.change(shop.id, 'card', { schedule: { kind: 'daily', at: '23:30' } })
    const dueAt = set.kind === 'changed' ? set.terms.nextBatchAt! : clock.now()
    await batches.runDue()
    expect(await stateOf()).toBe('authorized')
    clock.forward(dueAt.getTime() - clock.now().getTime() + 1000)
    await Promise.all([batches.runDue(), batches.runDue()])
    expect(await stateOf()).toBe('paid')
    const terms = (await merchantModules.termsOf(shop.id)).get('card')!
    expect(terms.nextBatchAt!.getTime()).toBeGreaterThan(clock.now().getTime())
    await merchantModules.change(shop.id, 'card', { schedule: null })
    const removed = (await merchantModules.termsOf(shop.id)).get('card')!
    expect([removed.schedule, removed.nextBatchAt]).toEqual([undefined, undefined])
  })

  test('a means that holds nothing has no batches', async () => {
    await merchantModules.register(shop.id, 'bank-transfer')
    const changed = await merchantModules.change(shop.id, 'bank-transfer', { schedule: { kind: 'daily', at: '10:00' } })
    expect(changed).toEqual(refusedAs('no-batches'))
  })
})
