import { later } from '../clock'
import { type Uuid, uuidAt } from '../ids'
import type { Money } from '../money/money'
import type { Secrets } from './authorize-legs'
import type { Item } from './items'
import { type PaymentParts, type Shop, TIMES } from './parts'
import type { CaptureMode, Channel, Locale, Payment } from './payment'
import type { NewLeg } from './payment-move'
import type { MeansInput, PlannedMeans } from './plan-means'

export interface NewOrder {
  /** Drawn beforehand by whoever wrote something down about the payment first; opening it again does nothing new. */
  readonly id?: Uuid
  readonly merchantId: Uuid
  readonly orderRef: string
  readonly orderName: string
  readonly amount: Money
  /** Absent: as the shop's flow says; at once where it says nothing. */
  readonly captureMode?: CaptureMode
  /** Whether the shop asks for an address to deliver to; at the hosted checkout only. */
  readonly address?: 'required' | 'optional'
  readonly channel: Channel
  readonly locale: Locale
  readonly email?: string
  /** Who agreed to a charge that is made without them. */
  readonly shopperId?: Uuid
  readonly returnUrl?: string
  readonly metadata: Readonly<Record<string, string>>
  /** Together they cost exactly the amount. */
  readonly items?: readonly Item[]
  readonly expiresAt?: Date
  /** Direct payments are paid at once with these. */
  readonly means?: readonly MeansInput[]
}

type Planned = Extract<PlannedMeans, { kind: 'planned' }>

/** What the shop's flow, and the request itself, ask of the payment: kept with it from here on. */
function planned(order: NewOrder, shop: Shop): Pick<Payment, 'captureMode' | 'plan'> {
  const { amount, currency } = order.amount
  const answer = shop.plan?.({ amount, currency, capture: order.captureMode })
  const captureMode = answer?.captureMode ?? order.captureMode ?? 'automatic'
  const plan = order.address ? { version: 0, ...answer?.plan, address: order.address } : answer?.plan
  return { captureMode, ...(plan ? { plan } : {}) }
}

/** An order as the payment that it is opened as. */
export function newPayment(order: NewOrder, shop: Shop, at: Date): Payment {
  const expiresAt = order.expiresAt ?? later(at, TIMES.checkout)
  return {
    merchantId: order.merchantId,
    id: order.id ?? uuidAt(at),
    orderRef: order.orderRef,
    orderName: order.orderName,
    amount: order.amount.amount,
    currency: order.amount.currency,
    state: order.means ? 'authorizing' : 'created',
    standing: 'unpaid',
    version: 1,
    attempt: order.means ? 1 : 0,
    channel: order.channel,
    capturedAmount: 0n,
    refundedAmount: 0n,
    locale: order.locale,
    metadata: order.metadata,
    createdAt: at,
    expiresAt,
    carryOnAt: order.means ? later(at, TIMES.lease) : expiresAt,
    legs: [],
    ...planned(order, shop),
    ...(order.email ? { email: order.email } : {}),
    ...(order.shopperId ? { shopperId: order.shopperId } : {}),
    ...(order.returnUrl ? { returnUrl: order.returnUrl } : {}),
    ...(order.items ? { items: order.items } : {}),
  }
}

/** The legs of an attempt, each under a reference of its own; what may not be kept of them is left out. */
export async function newLegs(
  planned: Planned,
  attempt: number,
  references: PaymentParts['references'],
): Promise<NewLeg[]> {
  const drawn = await references.drawMany(planned.legs.length)
  return planned.legs.map(({ secret: _secret, ...leg }, index) => ({
    ...leg,
    attempt,
    leg: index + 1,
    authorizeReference: drawn[index]!,
  }))
}

/** What outside systems are told once and is never written down, by leg. */
export function secretsOf(planned: Planned): Secrets {
  return new Map(planned.legs.flatMap(({ secret }, index) => (secret ? [[index + 1, secret] as const] : [])))
}
