import { type Moa, MoaError, type NewItem, type NewPayment, type Payment, type TypedCard } from '../../sdk'
import { findProduct } from './catalogue'
import { CURRENCY, type Order, standingOf, withPayment } from './order'
import type { OrderBook } from './order-book'
import { type Language, wordsIn } from './words'

export type Way = { readonly kind: 'moa' } | { readonly kind: 'card'; readonly card: TypedCard }

export type CardField = 'number' | 'expiry' | 'securityCode'

export type Begun =
  /** The shopper goes on at Moa's checkout. */
  | { readonly kind: 'checkout'; readonly url: string }
  /** There is something to show: paid, declined or being checked. */
  | { readonly kind: 'result' }
  | { readonly kind: 'wrong-card'; readonly fields: readonly CardField[] }
  | { readonly kind: 'not-now' }

export interface PayParts {
  readonly moa: Moa
  readonly book: OrderBook
  /** Where the checkout sends shoppers back to; registered at Moa. */
  readonly returnUrl: string
}

/** Asks Moa how the order's payment stands, and writes it down. What a browser says about it is never believed. */
export async function refresh(order: Order, { moa, book }: Pick<PayParts, 'moa' | 'book'>): Promise<Order> {
  const payment = await latestPayment(order, moa)
  return payment ? book.change(order.id, (now) => withPayment(now, payment)) : order
}

async function latestPayment({ id, payment, attempt, unknown }: Order, moa: Moa): Promise<Payment | undefined> {
  if (payment && !unknown) return moa.payments.retrieve(payment.id)
  if (attempt === 0) return undefined
  // An attempt whose answer was lost: Moa may know of it by the order's name.
  return (await moa.payments.list({ orderRef: id, limit: 1 })).payments[0]
}

/** Begins to pay an order, or goes on where it was left: pressing twice, going back or losing the answer pays once. */
export async function pay(given: Order, way: Way, parts: PayParts): Promise<Begun> {
  const { moa, book, returnUrl } = parts
  let order = given
  try {
    order = await refresh(given, parts)
    const open = order.payment?.status === 'open' ? order.payment : undefined
    if (open && way.kind === 'moa') return await toCheckout(await moa.payments.retrieve(open.id), moa)
    if (open && !(await giveUp(open.id, parts))) return { kind: 'result' }
    if (!open && !['not-paid', 'declined'].includes(standingOf(order))) return { kind: 'result' }

    // A failed payment is over and the next one is a new deed; an attempt of which nothing came is the same deed again.
    const isNew = order.payment !== undefined && order.unknown === undefined
    const attempt = isNew ? order.attempt + 1 : Math.max(order.attempt, 1)
    order = book.change(order.id, (now) => ({ ...now, attempt }))
    const payment = await moa.payments.create(paymentOf(order, way, returnUrl), {
      idempotencyKey: `${order.id}-${attempt}`,
    })
    book.change(order.id, (now) => withPayment(now, payment))
    return way.kind === 'moa' && payment.status === 'open' ? await toCheckout(payment, moa) : { kind: 'result' }
  } catch (error) {
    if (error instanceof MoaError) return failed(error, order, way, parts)
    throw error
  }
}

function paymentOf({ id, lines, amount, language, email }: Order, way: Way, returnUrl: string): NewPayment {
  const first = findProduct(lines[0]?.productId ?? '')?.name[language] ?? id
  return {
    orderRef: id,
    orderName: lines.length > 1 ? wordsIn(language).andMore(first, lines.length - 1) : first,
    amount,
    ...itemsOf(lines, amount, language),
    currency: CURRENCY,
    locale: language,
    email,
    ...(way.kind === 'moa' ? { returnUrl } : { means: { card: way.card } }),
  }
}

/** The order line by line, where all of it is on the shelf still and costs what it did. */
function itemsOf(lines: Order['lines'], amount: bigint, language: Language): Pick<NewPayment, 'items'> {
  const items = lines.flatMap(({ productId, count }): NewItem[] => {
    const product = findProduct(productId)
    if (!product) return []
    const { name, group, price } = product
    return [{ name: name[language], quantity: count, unitAmount: price, group: group[language] }]
  })
  const total = items.reduce((sum, { quantity, unitAmount }) => sum + unitAmount * BigInt(quantity), 0n)
  return total === amount && items.length === lines.length ? { items } : {}
}

async function toCheckout(payment: Payment, moa: Moa): Promise<Begun> {
  if (payment.status !== 'open') return { kind: 'result' }
  return { kind: 'checkout', url: await moa.checkoutUrl(payment) }
}

/** Ends a payment at the checkout, so that the order can be paid here; false when it is too late for that. */
async function giveUp(paymentId: string, { moa }: PayParts): Promise<boolean> {
  const { outcome } = await moa.payments.cancel(
    paymentId,
    { reason: 'The shopper chose another way to pay.' },
    { idempotencyKey: `${paymentId}-give-up` },
  )
  return outcome === 'cancelled'
}

async function failed(error: MoaError, order: Order, way: Way, parts: PayParts): Promise<Begun> {
  const { moa, book } = parts
  if (error.outcome === 'unknown') {
    if (order.attempt === 0) return { kind: 'not-now' }
    const unknown = { since: new Date().toISOString(), ...(order.payment && { after: order.payment.id }) }
    book.change(order.id, (now) => ({ ...now, unknown }))
    return { kind: 'result' }
  }
  // It was paid at the checkout in this very moment.
  if (error.code === 'not-cancellable') return { kind: 'result' }
  if (error.code === 'order-taken' && error.paymentId) {
    const payment = await moa.payments.retrieve(error.paymentId)
    book.change(order.id, (now) => withPayment(now, payment))
    return way.kind === 'moa' ? toCheckout(payment, moa) : { kind: 'result' }
  }
  const fields = error.errors.flatMap(({ pointer = '' }) => CARD_FIELDS.get(pointer) ?? [])
  return fields.length > 0 ? { kind: 'wrong-card', fields } : { kind: 'not-now' }
}

const CARD_FIELDS = new Map<string, CardField>([
  ['/means', 'number'],
  ['/means/card/number', 'number'],
  ['/means/card/expiry', 'expiry'],
  ['/means/card/securityCode', 'securityCode'],
])
