import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aMerchant } from '../../test/gateway'
import { firstFlow, type FlowDocument } from '../flows/flow-document'
import { type KeyPair, keyPair, type ShopServer, signAs, startShopServer } from '../merchants/merchants.fixtures'
import type { Merchant } from '../merchants/merchant'
import type { HookVerdict } from '../payments/hooks'
import type { Payment } from '../payments/payment'
import {
  anOrder,
  cardMeans,
  openedPayment,
  partsOf,
  type PaymentWorld,
  startPayments,
} from '../payments/payments.fixtures'
import { createPayments } from '../payments/payments'
import type { PaymentHook } from './payment-hook'
import { createPipeline, readVerdict } from './pipeline'

type Claims = Record<string, unknown>
type Answer = Awaited<ReturnType<Parameters<typeof startShopServer>[0]>>

let world: PaymentWorld
let server: ShopServer
let key: KeyPair
let answer: (asked: Claims) => Answer

beforeAll(async () => {
  server = await startShopServer((body) => answer(decodeJwt((JSON.parse(body) as { message: string }).message)))
  world = await startPayments({ env: { OUTGOING_ALLOW: server.address } })
  key = keyPair('shop-1')
})
beforeEach(async () => {
  server.requests.length = 0
  await world.outside.reset()
})
afterAll(() => server.close())

const sent = (message: string): Answer => ({ body: JSON.stringify({ message }) })
const saying =
  (verdict: string, changes: Claims = {}) =>
  (asked: Claims) =>
    sent(
      signAs(key, {
        typ: 'payment.hook-answer',
        re: asked['jti'],
        tid: asked['tid'],
        verdict,
        iat: asked['iat'],
        ...changes,
      }),
    )

async function shopWith(
  hook: Partial<FlowDocument['hooks'][number]>,
  changes: Partial<FlowDocument> = {},
): Promise<Merchant> {
  const merchant = await aMerchant(world.gateway)
  await world.gateway.merchants.addKey(merchant.id, { jwk: key.jwk })
  const asked = { point: 'before-authorize', url: server.url, timeLimitMs: 4_000, noAnswer: 'deny', ...hook } as const
  const document = { ...firstFlow, ...changes, hooks: [asked] }
  const saved = await world.gateway.flows.save(merchant.id, { document, note: 'x', author: 'x' })
  if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved))
  await world.gateway.flows.activate(merchant.id, saved.version, 'x')
  return merchant
}

async function pay(merchant: Merchant): Promise<Payment> {
  const { captureMode: _asked, ...order } = anOrder(merchant, { means: [cardMeans('hanbit')] })
  return openedPayment(await world.gateway.payments.open(order))
}

const find = async ({ merchantId, id }: Payment) => (await world.gateway.payments.find(merchantId, id))!

describe('a hook on the shop’s own server', () => {
  test('is asked before anybody is asked for money, and lets the payment go on', async () => {
    answer = saying('allowed')
    const merchant = await shopWith({})
    const payment = await pay(merchant)
    expect(payment.state).toBe('paid')
    const asked = decodeJwt((JSON.parse(server.requests[0]!.body) as { message: string }).message)
    expect(asked).toMatchObject({ typ: 'payment.hook', point: 'before-authorize', amount: '90000', modules: ['card'] })
    const evidence = await world.gateway.evidence.list(merchant.id, payment.id)
    expect(evidence.map(({ type, verification }) => [type, verification])).toEqual([
      ['payment.hook', 'valid'],
      ['payment.hook-answer', 'valid'],
    ])
  })

  test('denies with words, and nothing is asked of any issuer', async () => {
    answer = saying('denied', { words: '재고가 없어요' })
    const merchant = await shopWith({})
    const payment = await pay(merchant)
    expect(payment).toMatchObject({ state: 'declined', reason: 'hook-denied' })
    const history = await world.gateway.payments.history(merchant.id, payment.id)
    expect(history.find(({ event }) => event === 'notAllAuthorized')?.detail).toEqual({ words: '재고가 없어요' })
    expect((await world.outside.book('hanbit', { limit: 9 })).totals.held).toBe('0')
    await world.expectAgreed(merchant.id)
  })

  test('denies before capture: what was set aside goes back', async () => {
    answer = saying('denied')
    const merchant = await shopWith({ point: 'before-capture' })
    expect(await pay(merchant)).toMatchObject({ state: 'declined', reason: 'hook-denied' })
    await world.expectAgreed(merchant.id)
  })

  test('holds a capture by hand back, and the payment stays held', async () => {
    answer = saying('denied', { words: '아직' })
    const merchant = await shopWith({ point: 'before-capture' }, { capture: { when: 'by-hand' } })
    const payment = await pay(merchant)
    expect(await world.gateway.payments.capture(merchant.id, payment.id)).toMatchObject({
      ...{ kind: 'held-back', by: 'hook', words: '아직' },
    })
    expect((await find(payment)).state).toBe('authorized')
    answer = saying('allowed')
    await world.gateway.payments.capture(merchant.id, payment.id)
    expect((await find(payment)).state).toBe('paid')
  })

  test('that denies when the flow’s time to take it has come ends the payment', async () => {
    answer = saying('denied')
    const merchant = await shopWith({ point: 'before-capture' }, { capture: { when: 'after', hours: 1 } })
    const payment = await pay(merchant)
    world.clock.forward(3_700_000)
    await world.gateway.payments.finishDue(100)
    await world.gateway.payments.idle()
    expect(await find(payment)).toMatchObject({ state: 'cancelled', reason: 'not-approved' })
    await world.expectAgreed(merchant.id)
  })

  const silences: [string, (asked: Claims) => Answer][] = [
    ['nothing at all', () => undefined],
    ['an error', () => ({ status: 500 })],
    ['no message', () => ({ body: '{}' })],
    ['somebody else’s signature', (asked) => sent(signAs(keyPair('shop-1'), { ...asked, verdict: 'allowed' }))],
    ['the answer to another question', saying('allowed', { re: 'another-question' })],
    ['a word that is neither yes nor no', saying('perhaps')],
    ['yesterday’s answer', saying('allowed', { iat: Math.floor(Date.now() / 1000) - 86_400 })],
  ]
  test.each(silences)('that answers %s has not answered: then the flow’s rule holds', async (_what, given) => {
    answer = given
    expect(await pay(await shopWith({ noAnswer: 'deny', timeLimitMs: 1_000 }))).toMatchObject({
      state: 'declined',
      reason: 'hook-no-answer',
    })
    expect((await pay(await shopWith({ noAnswer: 'allow', timeLimitMs: 1_000 }))).state).toBe('paid')
  })

  test('that answers what is no signed message leaves its length and hash, and nothing to read (P5.6)', async () => {
    for (const body of ['the keys of another house', '{"message":"the keys of another house"}']) {
      answer = () => ({ body })
      const payment = await pay(await shopWith({ noAnswer: 'allow', timeLimitMs: 1_000 }))
      const kept = await world.gateway.evidence.list(payment.merchantId, payment.id)
      expect(JSON.stringify(kept.map(({ message, outcome }) => [message, outcome]))).not.toContain('another house')
      expect(kept.find(({ direction }) => direction === 'received')!.outcome).toContain(
        `${body.length} bytes, SHA-256 `,
      )
    }
  })
})

describe('code inside the gateway that joins payments', () => {
  const heard: string[] = []

  async function payWith(...hooks: PaymentHook[]): Promise<Payment> {
    const merchant = await aMerchant(world.gateway)
    const silent = { ask: () => Promise.resolve<HookVerdict>({ kind: 'no-answer' }) }
    const pipeline = createPipeline({ clock: world.clock, hooks, shopHooks: silent, report: () => undefined })
    const payments = createPayments(partsOf(world.gateway, { askHooks: pipeline.ask, moved: pipeline.tell }))
    const order = anOrder(merchant, { means: [cardMeans('hanbit')] })
    return openedPayment(await payments.open(order))
  }

  test('is asked at its points and hears what has happened (M-159)', async () => {
    const points: string[] = []
    const hook: PaymentHook = {
      name: 'listener',
      points: ['before-authorize', 'before-capture'],
      noAnswer: 'deny',
      ask: (point) => {
        points.push(point)
        return { kind: 'allowed' }
      },
      heard: ({ type }) => void heard.push(type),
    }
    expect((await payWith(hook)).state).toBe('paid')
    expect(points).toEqual(['before-authorize', 'before-capture'])
    expect(heard).toEqual(['payment.capturing', 'payment.paid'])
  })

  test('denies, and whoever comes after it is not asked', async () => {
    const never: PaymentHook = {
      ...{ name: 'never', points: ['before-authorize'], noAnswer: 'allow' },
      ask: () => {
        throw new Error('must not be asked')
      },
    }
    const no: PaymentHook = {
      ...{ name: 'no', points: ['before-authorize'], noAnswer: 'allow' },
      ask: () => ({ kind: 'denied', words: 'no\u0000thing' }),
    }
    expect(await payWith(no, never)).toMatchObject({ state: 'declined', reason: 'hook-denied' })
  })

  const broken: [string, NonNullable<PaymentHook['ask']>][] = [
    ['throws', () => Promise.reject(new Error('broken'))],
    ['hangs', () => new Promise<HookVerdict>(() => undefined)],
  ]
  test.each(broken)('and %s has not answered: then its own rule holds', async (_what, ask) => {
    const hook = { name: 'broken', points: ['before-authorize'], timeLimitMs: 50, ask } as const
    expect(await payWith({ ...hook, noAnswer: 'deny' })).toMatchObject({ reason: 'hook-no-answer' })
    expect((await payWith({ ...hook, noAnswer: 'allow' })).state).toBe('paid')
  })

  test('and listens badly harms nobody', async () => {
    const deaf: PaymentHook = {
      ...{ name: 'deaf', noAnswer: 'deny' },
      heard: () => {
        throw new Error('deaf')
      },
    }
    expect((await payWith(deaf)).state).toBe('paid')
  })
})

test.each([
  [undefined, 'no-answer'],
  [true, 'no-answer'],
  [{ kind: 'yes' }, 'no-answer'],
  [{ kind: 'allowed', words: 'x' }, 'allowed'],
  [{ kind: 'denied', words: 5 }, 'denied'],
])('of a stranger’s answer %j only a clear yes or no counts', (given, kind) => {
  expect(readVerdict(given).kind).toBe(kind)
})
