import { findSetAside } from '../cards/store'
import type { Database } from '../db/database'
import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import { isCurrency } from '../money/currency'
import type { Currency } from '../money/currency'
import { invariant } from '../invariant'
import type { Money } from '../money/money'

/** Prisma or a transaction of it. */
type Connection = Prisma.TransactionClient

export interface Share {
  readonly cardId: Uuid
  /** Minor units of the V-Card's currency. */
  readonly amount: bigint
}

// ---------------------------------------------------------------- preferences

export function findPreferences(tx: Connection, shopperId: Uuid, limit: number) {
  return tx.preference.findMany({ where: { shopperId }, orderBy: { id: 'desc' }, take: limit })
}

export async function insertPreference(tx: Connection, row: Prisma.PreferenceCreateInput): Promise<void> {
  await tx.preference.create({ data: row })
}

// ---------------------------------------------------------------- the shop a V-Card is made for

export interface Shop {
  readonly id: Uuid
  readonly name: string
  readonly nameEn: string
  readonly currencies: readonly string[]
}

export async function findShop(tx: Connection, id: Uuid): Promise<Shop | undefined> {
  const select = { id: true, name: true, nameEn: true, currencies: true }
  return (await tx.merchant.findUnique({ where: { id }, select })) ?? undefined
}

// ---------------------------------------------------------------- V-Cards

/**
 * Locks cards of a wallet until the transaction ends, always in one order, and tells what is open on each: available by
 * the latest inquiry, less what live V-Cards have set aside. Whoever sets room aside holds these locks, so that two
 * V-Cards made at once never promise more than there is. Cards that are not in the wallet are left out.
 */
export async function lockRooms(
  tx: Connection,
  shopperId: Uuid,
  cardIds: readonly Uuid[],
  at: Date,
): Promise<ReadonlyMap<Uuid, { readonly room: bigint; readonly currency: string }>> {
  const locked = await tx.$queryRaw<{ id: Uuid; available: bigint | null; currency: string | null }[]>`
    select id, (standing->>'available')::bigint as available, standing->>'currency' as currency
    from card where owner_id = ${shopperId}::uuid and id = any(${[...cardIds]}::uuid[]) and removed_at is null
    order by id for update`
  // A statement of its own: it sees the shares of whoever held the locks before.
  const setAside = await findSetAside(tx, shopperId, at)
  return new Map(
    locked.map(({ id, available, currency }) => [
      id,
      { room: (available ?? 0n) - (setAside.get(id) ?? 0n), currency: currency ?? '' },
    ]),
  )
}

/** Takes a number for ever; false when it has been given out before (P8.2). */
export async function takeNumber(
  tx: Connection,
  row: { readonly fingerprint: Uint8Array<ArrayBuffer>; readonly shopperId: Uuid; readonly vcardId: Uuid },
): Promise<boolean> {
  const { count } = await tx.vCardNumber.createMany({ data: [row], skipDuplicates: true })
  return count === 1
}

export async function insertVCard(
  tx: Connection,
  vcard: Prisma.VCardUncheckedCreateInput,
  shares: readonly Share[],
): Promise<void> {
  const { shopperId, id: vcardId } = vcard
  await tx.vCard.create({ data: vcard })
  await tx.vCardShare.createMany({ data: shares.map((share) => ({ ...share, shopperId, vcardId })) })
}

export function findVCards(
  tx: Connection,
  shopperId: Uuid,
  page: { before?: Uuid | undefined; grantId?: Uuid | undefined; limit: number },
) {
  return tx.vCard.findMany({
    where: {
      shopperId,
      ...(page.before !== undefined && { id: { lt: page.before } }),
      ...(page.grantId !== undefined && { grantId: page.grantId }),
    },
    include: { shares: { orderBy: { cardId: 'asc' } } },
    orderBy: { id: 'desc' },
    take: page.limit,
  })
}

export async function findVCard(tx: Connection, shopperId: Uuid, id: Uuid) {
  const include = { shares: { orderBy: { cardId: 'asc' } } } as const
  return (await tx.vCard.findUnique({ where: { shopperId_id: { shopperId, id } }, include })) ?? undefined
}

export type VCardRow = NonNullable<Awaited<ReturnType<typeof findVCard>>>

export function currencyOf({ currency }: Pick<VCardRow, 'currency'>): Currency {
  invariant(isCurrency(currency), `a V-Card is in the unknown currency ${currency}`)
  return currency
}

/** Names of the cards of shares, also of cards that have left the wallet since. */
export function findCardNames(tx: Connection, ownerId: Uuid, cardIds: readonly Uuid[]) {
  const select = { id: true, nickname: true, issuer: true, bin: true, lastFour: true }
  return tx.card.findMany({ where: { ownerId, id: { in: [...cardIds] } }, select })
}

export async function findShopNames(tx: Connection, ids: readonly Uuid[]) {
  return tx.merchant.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true, nameEn: true } })
}

/** Cancels a live V-Card; false when it was not live any more. */
export async function cancelVCard(
  tx: Connection,
  { shopperId, id }: { readonly shopperId: Uuid; readonly id: Uuid },
  at: Date,
): Promise<boolean> {
  const { count } = await tx.vCard.updateMany({
    where: { shopperId, id, state: 'live', expiresAt: { gt: at } },
    data: { state: 'cancelled', closedAt: at },
  })
  return count > 0
}

/** Closes live V-Cards whose time is over; any number of runners may do so at once. Their number. */
export function expireVCards(tx: Connection, at: Date, limit: number): Promise<number> {
  return tx.$executeRaw`
    update vcard v set state = 'expired', closed_at = ${at}
    from (select shopper_id, id from vcard where state = 'live' and expires_at <= ${at}
          order by expires_at limit ${limit} for update skip locked) due
    where v.shopper_id = due.shopper_id and v.id = due.id`
}

// ---------------------------------------------------------------- finding a V-Card by its number

export interface NumberClaim {
  readonly fingerprint: Uint8Array
  readonly merchantId: Uuid
  readonly amount: Money
  readonly at: Date
  /** Under which wrong numbers are counted. */
  readonly subject: string
  readonly windowStart: Date
}

export interface FoundNumber {
  /** Wrong numbers counted in the window so far. */
  readonly misses: number
  /** Whether this very purchase was, or is, what the number was made for: nobody guessed it, even if it is used up. */
  readonly isKnown: boolean
  /** The V-Card, if the number is one of a live V-Card for this merchant and exactly this amount. */
  readonly vcard?: {
    readonly shopperId: Uuid
    readonly vcardId: Uuid
    readonly mayRetry: boolean
    readonly shares: NamedShare[]
  }
}

/** A share with what its card is called by, so that no further question has to be asked on the way of a payment. */
export interface NamedShare extends Share {
  readonly issuer: string
  readonly lastFour: string
}

interface FoundRow {
  readonly misses: number
  readonly shopper_id: Uuid | null
  readonly id: Uuid | null
  readonly may_retry: boolean | null
  readonly is_live: boolean | null
  readonly shares:
    readonly { readonly cardId: Uuid; readonly amount: string; issuer: string | null; lastFour: string }[] | null
}

/** On the way of every payment by V-Card number: one prepared statement, the same work whatever is wrong. */
export async function findByNumber(pool: Database['pool'], claim: NumberClaim): Promise<FoundNumber> {
  const { rows } = await pool.query<FoundRow>({
    name: 'vcard_by_number',
    text: `
      select coalesce((select count from rate_count where subject = $6 and window_start = $7), 0) as misses,
        v.shopper_id, v.id, v.may_retry, v.state = 'live' and v.expires_at > $5 as is_live,
        (select jsonb_agg(jsonb_build_object('cardId', s.card_id, 'amount', s.amount::text, 'issuer', c.issuer,
           'lastFour', c.last_four) order by s.card_id)
         from vcard_share s join card c on c.owner_id = s.shopper_id and c.id = s.card_id
         where s.shopper_id = v.shopper_id and s.vcard_id = v.id) as shares
      from (select 1) always
      left join vcard_number n on n.fingerprint = $1
      left join vcard v on v.shopper_id = n.shopper_id and v.id = n.vcard_id and v.merchant_id = $2 and v.amount = $3
        and v.currency = $4`,
    values: [
      Buffer.from(claim.fingerprint),
      claim.merchantId,
      claim.amount.amount,
      claim.amount.currency,
      claim.at,
      claim.subject,
      claim.windowStart,
    ],
  })
  const [row] = rows
  invariant(row, 'a question without a condition has one answer')
  const { misses, shopper_id: shopperId, id: vcardId, may_retry: mayRetry, shares } = row
  const isKnown = vcardId !== null
  if (!row.is_live || shopperId === null || vcardId === null || mayRetry === null || shares === null) {
    return { misses, isKnown }
  }
  const amounts = shares.map((share) => ({ ...share, amount: BigInt(share.amount), issuer: share.issuer ?? '' }))
  return { misses, isKnown, vcard: { shopperId, vcardId, mayRetry, shares: amounts } }
}
