import { expect, test } from 'vitest'
import { publicId } from '../ids'
import { composePaymentMessages, composeRefundMessages } from './compose'
import { aLeg, aPayment, aRefund } from './payment.fixtures'

const at = new Date('2026-11-02T09:00:05.000Z')

test('a paid payment is told to the shop by webhook and to the shopper by receipt', () => {
  const payment = aPayment()
  const [webhook, receipt, ...rest] = composePaymentMessages('paid', payment, at)
  expect(rest).toEqual([])
  expect(webhook).toMatchObject({
    kind: 'webhook',
    topic: 'payment.paid',
    at,
    payload: {
      type: 'payment.paid',
      timestamp: '2026-11-02T09:00:05.000Z',
      data: {
        payment: {
          id: publicId('pay', payment.id),
          orderRef: 'order-1',
          amount: '220000',
          currency: 'KRW',
          state: 'paid',
          metadata: { basket: '17' },
        },
      },
    },
  })
  expect(receipt).toMatchObject({
    kind: 'email',
    topic: 'receipt',
    payload: { to: 'gildong@mail.example', locale: 'ko' },
  })
  expect(webhook!.id).not.toBe(receipt!.id)
})

test('P8.1: of a card no message carries more than issuer and last four digits', () => {
  const means = { ownerId: 'o', cardId: 'c', issuer: 'hanbit', lastFour: '7890', number: '9400011234567890' }
  const payment = aPayment({ legs: [aLeg({ means })] })
  const messages = [
    ...composePaymentMessages('paid', payment, at),
    ...composeRefundMessages(payment, aRefund(payment), at),
  ]
  const text = JSON.stringify(messages)
  expect(text).not.toContain('9400011234567890')
  expect(text).not.toContain('cardId')
  expect(text).toContain('7890')
})

test.each([
  ['paid', 'receipt'],
  ['failed', 'payment-failed'],
  ['authorized', undefined],
  ['awaiting', 'payment-awaiting'],
] as const)('of a payment that was %s the shopper gets: %s', (occasion, topic) => {
  const topics = composePaymentMessages(occasion, aPayment(), at).map((message) => message.topic)
  expect(topics).toEqual(topic ? [`payment.${occasion}`, topic] : [`payment.${occasion}`])
})

test('a shopper who never tried to pay, or whom we cannot reach, gets no mail; the shop is told anyway', () => {
  const topics = (payment = aPayment(), occasion: 'paid' | 'failed' = 'failed') =>
    composePaymentMessages(occasion, payment, at).map((message) => message.topic)
  expect(topics(aPayment({ attempt: 0, legs: [], state: 'expired' }))).toEqual(['payment.failed'])
  const { email: _, ...unreachable } = aPayment()
  expect(topics(unreachable, 'paid')).toEqual(['payment.paid'])
  expect(topics({ ...unreachable, shopperId: unreachable.id }, 'paid')).toEqual(['payment.paid', 'receipt'])
})

test('the receipt lists the legs of the attempt that paid, not of those that failed before', () => {
  const failed = aLeg({ state: 'voided', capturedAmount: 0n, amount: 1n })
  const legs = [failed, aLeg({ attempt: 2, amount: 200_000n }), aLeg({ attempt: 2, leg: 2, amount: 20_000n })]
  const [, receipt] = composePaymentMessages('paid', aPayment({ attempt: 2, legs }), at)
  expect(receipt).toMatchObject({ payload: { legs: [{ amount: '200000' }, { amount: '20000' }] } })
})

test('a refund is told with what really went back', () => {
  const payment = aPayment({ refundedAmount: 20_000n, legs: [aLeg(), aLeg({ leg: 2 })] })
  const [first] = aRefund(payment).legs
  const legs = [first!, { ...first!, leg: 2, amount: 5_000n, state: 'refused' as const }]
  const refund = aRefund(payment, { state: 'partly-refunded', amount: 25_000n, legs })
  const [webhook, receipt] = composeRefundMessages(payment, refund, at)
  expect(webhook).toMatchObject({
    topic: 'refund.finished',
    payload: { data: { refund: { amount: '25000', refundedAmount: '20000', state: 'partly-refunded' } } },
  })
  expect(receipt).toMatchObject({
    topic: 'refund-receipt',
    payload: { legs: [{ amount: '20000' }], refunded: { amount: '20000', reason: '책 한 권 품절' } },
  })
})

test('a refund that every issuer refused is told to the shop only', () => {
  const payment = aPayment()
  const [leg] = aRefund(payment).legs
  const refund = aRefund(payment, { state: 'refused', legs: [{ ...leg!, state: 'refused' }] })
  expect(composeRefundMessages(payment, refund, at).map(({ topic }) => topic)).toEqual(['refund.finished'])
})

const holder = '01927c5e-0000-7000-8000-000000000001'
const byVCard = { legs: [aLeg({ module: 'vcard', means: { ownerId: holder, issuer: 'hanbit', lastFour: '7890' } })] }

test.each([
  ['paid', {}, 'vcard-used'],
  ['failed', { state: 'declined' }, 'vcard-declined'],
  ['authorized', { captureMode: 'manual' }, 'vcard-held'],
] as const)('the holder of a V-Card hears at the account’s address when it was %s', (occasion, changes, topic) => {
  const messages = composePaymentMessages(occasion, aPayment({ ...byVCard, ...changes }), at)
  const told = messages.filter((message) => message.topic.startsWith('vcard-'))
  expect(told).toMatchObject([{ kind: 'email', topic, payload: { shopperId: holder } }])
  expect(told[0]!.payload).not.toHaveProperty('to')
  expect(told[0]!.payload).not.toHaveProperty('unlessTo')
})

test('the holder of a V-Card is not told twice of one use', () => {
  const topics = (changes: object) =>
    composePaymentMessages('paid', aPayment({ ...byVCard, ...changes }), at).map(({ topic }) => topic)
  expect(topics({ captureMode: 'manual' })).toEqual(['payment.paid', 'receipt'])
  expect(topics({ shopperId: holder, email: undefined })).toEqual(['payment.paid', 'receipt'])
  const [, , mail] = composePaymentMessages('paid', aPayment({ ...byVCard, shopperId: holder }), at)
  expect(mail).toMatchObject({ topic: 'vcard-used', payload: { unlessTo: 'gildong@mail.example' } })
})
