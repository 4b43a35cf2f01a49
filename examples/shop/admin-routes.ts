import { MoaError } from '../../sdk'
import { CURRENCY, type Order } from './order'
import { adminPage, type AdminNews } from './pages/admin-page'
import { messagePage } from './pages/message-page'
import { refresh } from './pay'
import type { Routes, Shop } from './routes'
import { field, page, type Reply, type Visit } from './visit'
import { priceIn, type Words, wordsIn } from './words'

/** What the shopkeeper does: refund by the API, and cancel by a signed message. Opens on this machine only. */
export function adminRoutes({ book, moa }: Shop): Routes {
  return {
    'GET /admin': (visit) => (visit.isLocal ? page(visit, adminPage(visit, book.all())) : missing(visit)),

    'POST /admin/orders/:id/refund': (visit, { id }) =>
      doFor(visit, id, async ({ payment }, words, { amount, reason }) => {
        const { state, amount: refunded } = await moa.payments.refund(
          payment.id,
          { reason, ...(amount !== undefined && { amount, currency: CURRENCY }) },
          { idempotencyKey: `${payment.id}-${field(visit, 'key')}` },
        )
        switch (state) {
          case 'refunded':
            return { text: words.refundDone(priceIn(visit.language, refunded)), isGood: true }
          case 'queued':
          case 'refunding':
            return { text: words.refundUnderWay, isGood: true }
          case 'partly-refunded':
            return { text: words.refundPart, isGood: false }
          case 'refused':
            return { text: words.refundRefused, isGood: false }
        }
      }),

    'POST /admin/orders/:id/cancel': (visit, { id }) =>
      doFor(visit, id, async ({ payment, order }, words, { amount, reason }) => {
        const {
          kind,
          reason: why,
          sent,
          received,
        } = await moa.cancelMessage({
          paymentId: payment.id,
          currency: CURRENCY,
          reason,
          ...(amount !== undefined && { amount }),
        })
        const at = new Date().toISOString()
        book.change(order.id, (now) => ({ ...now, cancels: [...now.cancels, { sent, received, at }] }))
        return kind === 'cancelled'
          ? { text: words.cancelDone, isGood: true }
          : { text: words.cancelRefused(why ?? ''), isGood: false }
      }),
  }

  type Deed = (
    paid: { order: Order; payment: NonNullable<Order['payment']> },
    words: Words,
    asked: { amount: bigint | undefined; reason: string },
  ) => Promise<Pick<AdminNews, 'text' | 'isGood'>>

  async function doFor(visit: Visit, id: string | undefined, deed: Deed): Promise<Reply> {
    const order = book.get(id ?? '')
    if (!visit.isLocal || !order?.payment) return missing(visit)
    const news = await tell(visit, { order, payment: order.payment }, deed)
    await refresh(book.get(order.id) ?? order, { book, moa }).catch((error: unknown) => {
      // It was done, or not, all the same; the page then shows what was known before.
      if (!(error instanceof MoaError)) throw error
    })
    return page(visit, adminPage(visit, book.all(), { orderId: order.id, ...news }), news.isGood ? 200 : 409)
  }

  async function tell(
    visit: Visit,
    paid: Parameters<Deed>[0],
    deed: Deed,
  ): Promise<Pick<AdminNews, 'text' | 'isGood'>> {
    const words = wordsIn(visit.language)
    const [amount, reason] = [field(visit, 'amount').replaceAll(/[ ,]/g, ''), field(visit, 'reason')]
    if (amount !== '' && !/^[1-9][0-9]{0,11}$/.test(amount)) return { text: words.mistakeAmount, isGood: false }
    if (reason === '' || reason.length > 200) return { text: words.mistakeReason, isGood: false }
    try {
      return await deed(paid, words, { amount: amount === '' ? undefined : BigInt(amount), reason })
    } catch (error) {
      if (!(error instanceof MoaError)) throw error
      const text = error.outcome === 'unknown' ? words.unknownOutcome : words.refusedBecause(error.message)
      return { text, isGood: false }
    }
  }
}

function missing(visit: Visit): Reply {
  return page(visit, messagePage(visit, 'missing'), 404)
}
