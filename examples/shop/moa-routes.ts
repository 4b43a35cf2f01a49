import {
  type CancelRequest,
  type CancelWord,
  Moa,
  MoaError,
  type OwnRecord,
  type PrivateJwk,
  verifyWebhook,
} from '../../sdk'
import { CURRENCY, type Order, withPayment } from './order'
import type { Routes, Shop } from './routes'
import { json, type Reply } from './visit'

/** How the shop answers confirmations; all but `yes` only in tests. */
const BEHAVIOURS = ['yes', 'mismatch', 'silent', 'garbage', 'replay', 'other-key', 'no-cancel'] as const
type Behaviour = (typeof BEHAVIOURS)[number]

/** What Moa's server calls: the question before money moves, and the news afterwards. */
export function moaRoutes({ moa, book, settings }: Shop): Routes {
  /** By order number; the empty one stands for every order that is not named. */
  const behaviours = new Map<string, Behaviour>()
  /** What was answered about each order when it was asked about first. */
  const firstAnswers = new Map<string, string>()
  /** With which other key orders are confirmed, where a journey asks for that. */
  const otherKeys = new Map<string, PrivateJwk>()
  const behaviourFor = (order: Order | undefined) => behaviours.get(order?.id ?? '') ?? behaviours.get('') ?? 'yes'

  return {
    'POST /moa/confirm': async ({ body }): Promise<Reply> => {
      const answer = await moa.answerConfirmation(body, ownRecord, decideCancel)
      const order = answer.kind === 'refused' ? undefined : book.ofPayment(answer.paymentId)
      const behaviour = behaviourFor(order)
      const signingKey = otherKeys.get(order?.id ?? '')
      if (behaviour === 'other-key' && signingKey) {
        const other = await new Moa({ ...settings, signingKey }).answerConfirmation(body, ownRecord)
        return json(other.status, other.body)
      }
      if (behaviour === 'silent') return { kind: 'silence' }
      if (behaviour === 'garbage') return json(200, '{"message":"yes, of course"}')
      const earlier = firstAnswers.get(order?.id ?? '')
      if (behaviour === 'replay' && earlier !== undefined) return json(200, earlier)
      if (settings.test && order && answer.kind === 'confirmed') firstAnswers.set(order.id, answer.body)
      if (order && answer.kind === 'confirmed')
        book.change(order.id, (now) => ({ ...now, confirmedAt: new Date().toISOString() }))
      return json(answer.status, answer.body)
    },

    'POST /moa/webhooks': async ({ body, headers }): Promise<Reply> => {
      const heard = verifyWebhook(body, headers, settings.webhookKeys)
      if (heard.kind === 'refused') return json(401, JSON.stringify({ error: heard.reason }))
      const { id, type, timestamp, data } = heard.event
      // Payouts and disputes are no news of an order.
      if (!('payment' in data)) return json(200, '{}')
      const order = book.get(data.payment.orderRef)
      if (!order || order.told.some((known) => known.id === id)) return json(200, '{}')
      try {
        // News may be late, or overtaken by other news: it says that something happened, Moa says how things stand.
        const payment = await moa.payments.retrieve(data.payment.id)
        book.change(order.id, (now) => ({
          ...withPayment(now, payment),
          told: [...now.told.filter((known) => known.id !== id), { id, type, at: timestamp }],
        }))
        return json(200, '{}')
      } catch (error) {
        // Moa sends it again later.
        if (error instanceof MoaError) return json(503, '{"error":"later"}')
        throw error
      }
    },

    ...(settings.test && {
      'POST /test/behaviour': ({ body }): Reply => {
        const wanted = JSON.parse(body.toString('utf8')) as { confirm?: unknown; order?: unknown; key?: PrivateJwk }
        const confirm = BEHAVIOURS.find((each) => each === wanted.confirm)
        const order = wanted.order ?? ''
        if (!confirm || typeof order !== 'string') return json(422, JSON.stringify({ confirm: BEHAVIOURS }))
        behaviours.set(order, confirm)
        if (wanted.key) otherKeys.set(order, wanted.key)
        return json(200, JSON.stringify({ confirm, order }))
      },
    }),
  }

  /** What the shop's own books say of a payment. One that is paid here by card is confirmed before we know its id. */
  async function ownRecord(paymentId: string): Promise<OwnRecord | undefined> {
    const order = book.ofPayment(paymentId) ?? (await namedBy(paymentId))
    if (!order) return soldByMoa(paymentId)
    return { amount: behaviourFor(order) === 'mismatch' ? order.amount + 1n : order.amount, currency: CURRENCY }
  }

  /**
   * A payment that no order of ours began: of a payment link or a subscription, which the shop's people have made in Moa's
   * portal. Its terms are what Moa's own books say of it, asked for with our key; anything else is not ours.
   */
  async function soldByMoa(paymentId: string): Promise<OwnRecord | undefined> {
    try {
      const { amount, currency, metadata } = await moa.payments.retrieve(paymentId)
      return metadata['paymentLink'] || metadata['subscription'] ? { amount, currency } : undefined
    } catch (error) {
      if (error instanceof MoaError) return undefined
      throw error
    }
  }

  /** What somebody at Moa's desk would cancel for a caller: any order of ours. */
  async function decideCancel({ paymentId }: CancelRequest): Promise<CancelWord> {
    const order = book.ofPayment(paymentId) ?? (await namedBy(paymentId))
    if (!order) return { no: 'We know no such order.' }
    return behaviourFor(order) === 'no-cancel' ? { no: 'It has been sent already.' } : 'yes'
  }

  async function namedBy(paymentId: string): Promise<Order | undefined> {
    try {
      const payment = await moa.payments.retrieve(paymentId)
      const order = book.get(payment.orderRef)
      return order && book.change(order.id, (now) => withPayment(now, payment))
    } catch (error) {
      if (error instanceof MoaError && error.code === 'not-found') return undefined
      throw error
    }
  }
}
