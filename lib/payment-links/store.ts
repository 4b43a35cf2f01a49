import type pg from 'pg'
import type { PaymentLink as LinkRow, Prisma } from '../db/generated/client'
import { beyondId, keysetOf, type ListOrder } from '../db/list-order'
import type { Uuid } from '../ids'
import { isCurrency } from '../money/currency'
import { invariant } from '../invariant'
import type { LinkMaker, LinkPrice, LinkSale, LinkState, PaymentLink } from './payment-link'

type Tx = Prisma.TransactionClient

/** A link as it is stored; its address and its state are reckoned. */
export type StoredLink = Omit<PaymentLink, 'url' | 'state'>

export interface LinkFilter {
  readonly state?: LinkState
  /** Part of the name. */
  readonly text?: string
  /** The newest first where nothing is said. */
  readonly order?: ListOrder | undefined
  /** Where the page before ended. */
  readonly before?: Uuid
  readonly limit: number
}

export async function insertLink(tx: Tx, { price, createdBy, ...link }: StoredLink): Promise<void> {
  const { merchantId, id, name, description, currency, stock, expiresAt, createdAt } = link
  await tx.paymentLink.create({
    data: {
      ...{ merchantId, id, name, currency, createdAt, createdBy: { ...createdBy } },
      ...(price.kind === 'fixed' ? { amount: price.amount } : { least: price.least, most: price.most }),
      ...(description !== undefined && { description }),
      ...(stock !== undefined && { stock }),
      ...(expiresAt && { expiresAt }),
    },
  })
}

export async function findLink(tx: Tx, merchantId: Uuid, id: Uuid): Promise<StoredLink | undefined> {
  const row = await tx.paymentLink.findUnique({ where: { merchantId_id: { merchantId, id } } })
  return row ? linkFrom(row) : undefined
}

export async function findLinks(
  tx: Tx,
  merchantId: Uuid,
  { state, text, order, before, limit }: LinkFilter,
  now: Date,
): Promise<StoredLink[]> {
  const rows = await tx.paymentLink.findMany({
    where: {
      merchantId,
      ...(text && { name: { contains: text, mode: 'insensitive' } }),
      ...(before && { id: beyondId(order, before) }),
      ...(state && { AND: whereState(tx, state, now) }),
    },
    orderBy: { id: keysetOf(order).direction },
    take: limit,
  })
  return rows.map(linkFrom)
}

/** The same order as stateOf: switched off weighs most, then the day, then the stock. */
function whereState(tx: Tx, state: LinkState, now: Date): Prisma.PaymentLinkWhereInput[] {
  const lives: Prisma.PaymentLinkWhereInput = { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  const { stock } = tx.paymentLink.fields
  switch (state) {
    case 'off':
      return [{ closedAt: { not: null } }]
    case 'expired':
      return [{ closedAt: null, expiresAt: { lte: now } }]
    case 'sold-out':
      return [{ closedAt: null, stock: { not: null }, taken: { gte: stock } }, lives]
    case 'open':
      return [{ closedAt: null, OR: [{ stock: null }, { taken: { lt: stock } }] }, lives]
  }
}

/** Switches a link off, once; false when it is not there or is off already. */
export async function closeLink(tx: Tx, merchantId: Uuid, id: Uuid, at: Date): Promise<boolean> {
  const { count } = await tx.paymentLink.updateMany({
    where: { merchantId, id, closedAt: null },
    data: { closedAt: at },
  })
  return count === 1
}

export type SetAside =
  | { kind: 'opened' | 'held'; paymentId: Uuid; number: number; amount: string }
  | { kind: 'refused'; reason: Exclude<LinkState, 'open'> | 'amount' }
  | { kind: 'missing' }

/** Sets one piece aside for a visitor, or names the payment for which one is. */
export async function setAside(
  pool: pg.Pool,
  sale: { merchantId: Uuid; linkId: Uuid; paymentId: Uuid; visitor: string; amount: bigint; at: Date },
): Promise<SetAside> {
  const asked = JSON.stringify({ ...sale, amount: sale.amount.toString() })
  const { rows } = await pool.query<{ answer: SetAside }>('select open_link_sale($1::jsonb) as answer', [asked])
  return rows[0]!.answer
}

export async function hasHeld(tx: Tx, merchantId: Uuid, linkId: Uuid, visitor: string): Promise<boolean> {
  return (await tx.paymentLinkSale.count({ where: { merchantId, linkId, visitor, state: 'open' } })) > 0
}

/** Gives back what was set aside for a payment that was never opened. */
export async function giveBack(pool: pg.Pool, merchantId: Uuid, paymentId: Uuid, at: Date): Promise<void> {
  await pool.query('select close_link_sale($1, $2, false, $3)', [merchantId, paymentId, at])
}

/** Sales whose payment is not there although it ought to have been opened long ago. */
export async function findAbandoned(
  pool: pg.Pool,
  before: Date,
  limit: number,
): Promise<{ merchantId: Uuid; paymentId: Uuid }[]> {
  const { rows } = await pool.query<{ merchantId: Uuid; paymentId: Uuid }>(
    `select s.merchant_id as "merchantId", s.payment_id as "paymentId" from payment_link_sale s
     where s.state = 'open' and s.opened_at < $1
       and not exists (select from payment p where p.merchant_id = s.merchant_id and p.id = s.payment_id)
     order by s.opened_at limit $2`,
    [before, limit],
  )
  return rows
}

export async function findSales(
  tx: Tx,
  merchantId: Uuid,
  linkId: Uuid,
  { before, limit }: { before?: Uuid; limit: number },
): Promise<LinkSale[]> {
  const rows = await tx.paymentLinkSale.findMany({
    where: { merchantId, linkId, ...(before && { paymentId: { lt: before } }) },
    orderBy: { paymentId: 'desc' },
    take: limit,
  })
  return rows.map(({ paymentId, number, amount, state, openedAt }) => ({
    ...{ paymentId, number, amount, openedAt },
    state: state === 'sold' || state === 'given-back' ? state : 'open',
  }))
}

function linkFrom(row: LinkRow): StoredLink {
  const { merchantId, id, name, description, currency, amount, least, most, stock, taken, createdAt } = row
  invariant(isCurrency(currency), 'a link is in a currency that we know')
  const price: LinkPrice =
    amount !== null ? { kind: 'fixed', amount } : { kind: 'open', least: least ?? 0n, most: most ?? 0n }
  return {
    ...{ merchantId, id, name, currency, price, taken, createdAt },
    createdBy: row.createdBy as unknown as LinkMaker,
    ...(description !== null && { description }),
    ...(stock !== null && { stock }),
    ...(row.expiresAt && { expiresAt: row.expiresAt }),
    ...(row.closedAt && { closedAt: row.closedAt }),
  }
}
