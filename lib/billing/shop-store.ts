import type pg from 'pg'
import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'

type Connection = Pick<Prisma.TransactionClient, 'merchant'>

/** Whether a shop lets people pay by a line who are not logged in. */
export async function guestsMayPay(db: Connection, merchantId: Uuid): Promise<boolean> {
  const merchant = await db.merchant.findUnique({ where: { id: merchantId }, select: { phoneGuests: true } })
  return merchant?.phoneGuests ?? false
}

export async function setGuests(db: Connection, merchantId: Uuid, phoneGuests: boolean): Promise<void> {
  await db.merchant.update({ where: { id: merchantId }, data: { phoneGuests } })
}

/** A shop that takes the phone bill, with what was agreed about its money. */
export interface PhoneShop {
  readonly id: Uuid
  readonly name: string
  readonly nameEn: string
  readonly payout: string
  readonly reserveBps: number
}

/** By name, after one of them; only those in whose names, in either writing, a text stands. */
export async function phoneShops(
  pool: pg.Pool,
  { text = '', after, limit }: { text?: string; after?: Uuid; limit: number },
): Promise<PhoneShop[]> {
  const { rows } = await pool.query<PhoneShop>(
    `select m.id, m.name, m.name_en as "nameEn", m.phone_payout as payout, m.phone_reserve_bps as "reserveBps"
     from merchant m
     where 'phone-bill' = any(m.modules) and strpos(lower(m.name || ' ' || m.name_en), lower($1)) > 0
       and ($2::uuid is null or (m.name, m.id) > (select a.name, a.id from merchant a where a.id = $2))
     order by m.name, m.id limit $3`,
    [text, after ?? null, limit],
  )
  return rows
}
