import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { OutgoingMessage } from '../messages/message'

type Tx = Prisma.TransactionClient

export const orderFactKinds = ['shipped', 'delivered'] as const

/** What a shop has said of an order; never changed: what was wrong is followed by what is right. */
export interface OrderFact {
  readonly id: Uuid
  readonly kind: (typeof orderFactKinds)[number]
  readonly carrier?: string | undefined
  readonly trackingNumber?: string | undefined
  readonly trackingUrl?: string | undefined
  readonly note?: string | undefined
  /** When it happened, as the shop says. */
  readonly at: Date
  readonly notedAt: Date
}

export async function findOrderFacts(tx: Tx, merchantId: Uuid, paymentId: Uuid): Promise<OrderFact[]> {
  const rows = await tx.orderFact.findMany({ where: { merchantId, paymentId }, orderBy: { id: 'asc' } })
  return rows.map(({ id, kind, carrier, trackingNumber, trackingUrl, note, at, notedAt }) => ({
    ...{ id, at, notedAt },
    kind: kind === 'delivered' ? 'delivered' : 'shipped',
    ...(carrier ? { carrier } : {}),
    ...(trackingNumber ? { trackingNumber } : {}),
    ...(trackingUrl ? { trackingUrl } : {}),
    ...(note ? { note } : {}),
  }))
}

/** When an order was shipped, as its shop says; undefined: not yet, as far as we know. */
export async function findShippedAt(tx: Tx, merchantId: Uuid, paymentId: Uuid): Promise<Date | undefined> {
  const facts = await findOrderFacts(tx, merchantId, paymentId)
  return facts.find(({ kind }) => kind === 'shipped')?.notedAt
}

/** The fact, the webhook that tells of it, and the payment hurried on, in one transaction; the same fact again is nothing new. */
export async function insertOrderFact(
  tx: Tx,
  {
    merchantId,
    paymentId,
    fact,
    message,
  }: { merchantId: Uuid; paymentId: Uuid; fact: OrderFact; message: OutgoingMessage },
): Promise<void> {
  const { count } = await tx.orderFact.createMany({ data: [{ merchantId, paymentId, ...fact }], skipDuplicates: true })
  if (count === 0) return
  await tx.$executeRaw`select insert_messages(${JSON.stringify([{ merchantId, paymentId, messages: [message] }])}::jsonb)`
  await tx.$executeRaw`select hurry_held_payment(${merchantId}::uuid, ${paymentId}::uuid, ${fact.notedAt})`
}
