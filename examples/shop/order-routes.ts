import { randomInt } from 'node:crypto'
import { MoaError } from '../../sdk'
import { totalOf } from './basket'
import { type Order, standingOf } from './order'
import { readOrderForm, type ReadForm } from './order-form'
import { messagePage } from './pages/message-page'
import { orderPage, type OrderForm } from './pages/order-page'
import { ordersPage } from './pages/orders-page'
import { resultPage } from './pages/result-page'
import { pay, refresh } from './pay'
import type { Routes, Shop } from './routes'
import { basketOf } from './shelf-routes'
import { cookie, field, json, page, type Reply, type Visit } from './visit'

/** Ordering, paying, coming back, and looking at one's orders. */
export function orderRoutes(shop: Shop): Routes {
  const { book, moa, url } = shop
  const parts = { book, moa, returnUrl: `${url}/return` }
  const ownOrder = (visit: Visit, id = ''): Order | undefined => {
    const order = book.get(id)
    return order?.visitor === visit.visitor ? order : undefined
  }
  const missing = (visit: Visit) => page(visit, messagePage(visit, 'missing'), 404)

  return {
    'GET /order': (visit) =>
      basketOf(visit).length === 0
        ? { kind: 'go', to: '/basket' }
        : page(visit, orderPage(visit, newForm(visit, newOrderId()))),

    'POST /order': async (visit) => {
      const id = field(visit, 'order')
      const known = ownOrder(visit, id)
      if (!known && basketOf(visit).length === 0) return { kind: 'go', to: '/basket' }
      const form = readOrderForm(visit, { who: !known })
      // A number that is taken, or not one of ours, is not used again.
      const orderId = known || (ORDER_ID.test(id) && !book.get(id)) ? id : newOrderId()
      const shown = known ? formFor(known) : { ...newForm(visit, orderId), ...form }
      if (form.mistakes.length > 0) return page(visit, orderPage(visit, { ...shown, ...form, notNow: false }), 422)
      return payFor(visit, known ?? book.add(placed(visit, orderId, form)), form)
    },

    'GET /orders': (visit) => page(visit, ordersPage(visit, book.ofVisitor(visit.visitor))),

    'GET /orders/:id': async (visit, { id }) => {
      const order = ownOrder(visit, id)
      return order ? showResult(visit, order) : missing(visit)
    },

    'GET /orders/:id/state': async (visit, { id }) => {
      const order = ownOrder(visit, id)
      if (!order) return json(404, '{}')
      const { order: now, isStale } = await ask(order)
      return json(200, JSON.stringify(isStale ? {} : { standing: standingOf(now) }))
    },

    'GET /orders/:id/pay': (visit, { id }) => {
      const order = ownOrder(visit, id)
      return order ? page(visit, orderPage(visit, formFor(order))) : missing(visit)
    },

    'POST /orders/:id/pay': async (visit, { id }) => {
      const order = ownOrder(visit, id)
      if (!order) return missing(visit)
      const form = readOrderForm(visit, { who: false })
      if (form.mistakes.length > 0)
        return page(visit, orderPage(visit, { ...formFor(order), way: form.way, mistakes: form.mistakes }), 422)
      return payFor(visit, order, form)
    },

    // The checkout adds ?payment=…; it says which order this is about, never how it stands.
    'GET /return': (visit) => {
      const named = book.ofPayment(visit.query.get('payment') ?? '')
      const order = named?.visitor === visit.visitor ? named : book.ofVisitor(visit.visitor)[0]
      return order ? { kind: 'go', to: `/orders/${order.id}` } : { kind: 'go', to: '/orders' }
    },
  }

  async function payFor(visit: Visit, order: Order, form: ReadForm): Promise<Reply> {
    const begun = await pay(order, form.way === 'card' ? { kind: 'card', card: form.card } : { kind: 'moa' }, parts)
    const emptied = [cookie('basket', '')]
    switch (begun.kind) {
      case 'checkout':
        return { kind: 'go', to: begun.url, cookies: emptied }
      case 'result':
        return { kind: 'go', to: `/orders/${order.id}`, cookies: emptied }
      case 'wrong-card': {
        const shown = { ...formFor(order), way: 'card', mistakes: begun.fields }
        return page(visit, orderPage(visit, shown), 422)
      }
      case 'not-now':
        return page(visit, orderPage(visit, { ...formFor(order), way: form.way, notNow: true }), 503)
    }
  }

  async function showResult(visit: Visit, order: Order): Promise<Reply> {
    const { order: now, isStale } = await ask(order)
    return page(visit, resultPage(visit, now, isStale))
  }

  /** Asks Moa, from server to server. */
  async function ask(order: Order): Promise<{ order: Order; isStale: boolean }> {
    try {
      return { order: await refresh(order, parts), isStale: false }
    } catch (error) {
      if (error instanceof MoaError) return { order, isStale: true }
      throw error
    }
  }
}

const ORDER_ID = /^M-[0-9A-HJKMNP-TV-Z]{10}$/
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function newOrderId(): string {
  return `M-${Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`
}

function linesOf(visit: Visit): Pick<Order, 'lines' | 'amount'> {
  const lines = basketOf(visit)
  return { lines: lines.map(({ product, count }) => ({ productId: product.id, count })), amount: totalOf(lines) }
}

function placed(visit: Visit, id: string, { name, email }: ReadForm): Order {
  const { visitor, language } = visit
  const placedAt = new Date().toISOString()
  return { id, visitor, ...linesOf(visit), name, email, language, placedAt, attempt: 0, told: [], cancels: [] }
}

function newForm(visit: Visit, orderId: string): OrderForm {
  const empty = { name: '', email: '', way: 'moa', mistakes: [], notNow: false }
  return { action: '/order', orderId, order: linesOf(visit), isPlaced: false, ...empty }
}

function formFor(order: Order): OrderForm {
  const { id, name, email } = order
  const action = `/orders/${id}/pay`
  return { action, orderId: id, order, name, email, isPlaced: true, way: 'moa', mistakes: [], notNow: false }
}
