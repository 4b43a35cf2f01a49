import { MoaError, type OwnRecord, verifyWebhook } from '../../sdk'
import { CURRENCY, type Order, withPayment } from './order'
import type { Routes, Shop } from './routes'
import { json, type Reply } from './visit'

/** How the shop answers confirmations; all but `yes` only in tests. */
const BEHAVIOURS = ['yes', 'mismatch', 'silent', 'garbage'] as const
type Behaviour = (typeof BEHAVIOURS)[number]

/** What Moa's server calls: the question before money moves, and the news afterwards. */
export function moaRoutes({ moa, book, settings }: Shop): Routes {
  let behaviour: Behaviour = 'yes'

  return {
    'POST /moa/confirm': async ({ body }): Promise<Reply> => {
      if (behaviour === 'silent') return { kind: 'silence' }
      if (behaviour === 'garbage') return json(200, '{"message":"yes, of course"}')
      const answer = await moa.answerConfirmation(body, ownRecord)
      if (answer.kind === 'confirmed') {
        const order = book.ofPayment(answer.paymentId)
        if (order) book.save({ ...order, confirmedAt: new Date().toISOString() })
      }
      return json(answer.status, answer.body)
    },

    'POST /moa/webhooks': async ({ body, headers }): Promise<Reply> => {
      const heard = verifyWebhook(body, headers, settings.webhookKeys)
      if (heard.kind === 'refused') return json(401, JSON.stringify({ error: heard.reason }))
      const { id, type, timestamp, data } = heard.event
      const order = book.get(data.payment.orderRef)
      if (!order || order.told.some((known) => known.id === id)) return json(200, '{}')
      try {
        // News may be late, or overtaken by other news: it says that something happened, Moa says how things stand.
        const payment = await moa.payments.retrieve(data.payment.id)
        const now = book.get(order.id) ?? order
        book.save({ ...withPayment(now, payment), told: [...now.told, { id, type, at: timestamp }] })
        return json(200, '{}')
      } catch (error) {
        // Moa sends it again later.
        if (error instanceof MoaError) return json(503, '{"error":"later"}')
        throw error
      }
    },

    ...(settings.test && {
      'POST /test/behaviour': ({ body }): Reply => {
        const wanted = (JSON.parse(body.toString('utf8')) as { confirm?: unknown }).confirm
        const known = BEHAVIOURS.find((each) => each === wanted)
        if (!known) return json(422, JSON.stringify({ confirm: BEHAVIOURS }))
        behaviour = known
        return json(200, JSON.stringify({ confirm: behaviour }))
      },
    }),
  }

  /** What the shop's own books say of a payment. One that is paid here by card is confirmed before we know its id. */
  async function ownRecord(paymentId: string): Promise<OwnRecord | undefined> {
    const order = book.ofPayment(paymentId) ?? (await namedBy(paymentId))
    if (!order) return undefined
    return { amount: behaviour === 'mismatch' ? order.amount + 1n : order.amount, currency: CURRENCY }
  }

  async function namedBy(paymentId: string): Promise<Order | undefined> {
    try {
      const payment = await moa.payments.retrieve(paymentId)
      const order = book.get(payment.orderRef)
      return order && book.save(withPayment(order, payment))
    } catch (error) {
      if (error instanceof MoaError && error.code === 'not-found') return undefined
      throw error
    }
  }
}
