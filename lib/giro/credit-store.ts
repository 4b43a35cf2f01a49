import type pg from 'pg'
import { again } from '../db/database'
import { keysetOf, type ListOrder } from '../db/list-order'
import type { Uuid } from '../ids'
import { NO_MERCHANT } from '../messages/message'
import type { Currency } from '../money/currency'
import { money } from '../money/money'
import type { Finding, GiroCredit } from './giro-bill'

type Pool = pg.Pool

/** owed: to be returned to its payer. all: whatever came. */
export type CreditList = 'owed' | 'all'

export interface CreditQuery {
  readonly list: CreditList
  /** Where nothing is said: the newest first. */
  readonly order?: ListOrder | undefined
  /** The last row of the page before. */
  readonly before?: Uuid | undefined
  readonly limit: number
}

export async function listCredits(
  pool: Pool,
  merchantId: Uuid,
  { list, order, before, limit }: CreditQuery,
): Promise<GiroCredit[]> {
  const { direction, beyond } = keysetOf(order)
  const { rows } = await pool.query<Row>(
    `${SELECT} where merchant_id = $1 and ($2::uuid is null or id ${beyond} $2) ${list === 'owed' ? 'and owed > 0' : ''}
     order by id ${direction} limit $3`,
    [merchantId, before ?? null, limit],
  )
  return rows.map(readCredit)
}

/** Credits of which nobody knows whose they are, the newest first. */
export async function listUnassigned(
  pool: Pool,
  { search, before, limit }: { search?: string; before?: Uuid; limit: number },
): Promise<GiroCredit[]> {
  const { rows } = await pool.query<Row>(
    `${SELECT} where merchant_id = $1 and unassigned > 0 and ($2::uuid is null or id < $2)
       and ($4::text is null or strpos(lower(remittance || ' ' || payer_name || ' ' || bank_ref), lower($4)) > 0)
     order by id desc limit $3`,
    [NO_MERCHANT, before ?? null, limit, search ?? null],
  )
  return rows.map(readCredit)
}

export async function findCredit(pool: Pool, merchantId: Uuid, creditId: Uuid): Promise<GiroCredit | undefined> {
  const { rows } = await pool.query<Row>(`${SELECT} where merchant_id = $1 and id = $2`, [merchantId, creditId])
  return rows[0] && readCredit(rows[0])
}

export async function creditsOfBill(pool: Pool, merchantId: Uuid, billId: Uuid): Promise<GiroCredit[]> {
  const { rows } = await pool.query<Row>(`${SELECT} where bill_id = $2 and merchant_id = $1 order by id`, [
    merchantId,
    billId,
  ])
  return rows.map(readCredit)
}

/** Applies the next lines of a file after one of them, each once; the last one looked at, or null when there are no more. */
export async function applyLines(
  pool: Pool,
  { bank, name }: { bank: string; name: string },
  after: number,
  ids: readonly Uuid[],
  at: Date,
): Promise<number | null> {
  const { rows } = await again(() =>
    pool.query<{ looked: number | null }>('select apply_giro_lines($1, $2, $3, $4, $5) as looked', [
      ...[bank, name, after, ids, at],
    ]),
  )
  return rows[0]?.looked ?? null
}

/** Books what is left to return of a credit as returned; false when nothing is. */
export async function returnCredit(
  pool: Pool,
  merchantId: Uuid,
  creditId: Uuid,
  { reference, postingId, at }: { reference: string; postingId: Uuid; at: Date },
): Promise<boolean> {
  const { rows } = await again(() =>
    pool.query<{ done: boolean }>('select return_giro($1, $2, $3, $4, $5) as done', [
      ...[merchantId, creditId, reference, postingId, at],
    ]),
  )
  return rows[0]?.done === true
}

/** Credits whose payers have not been told what became of them. */
export async function untoldCredits(
  pool: Pool,
  limit: number,
): Promise<{ merchantId: Uuid; billId: Uuid; id: Uuid; amount: bigint; owed: bigint; finding: Finding }[]> {
  const { rows } = await pool.query<{
    merchantId: Uuid
    billId: Uuid
    id: Uuid
    amount: bigint
    owed: bigint
    finding: Finding
  }>(
    `select merchant_id as "merchantId", bill_id as "billId", id, amount, owed, finding from giro_credit
     where not told order by merchant_id, id limit $1`,
    [limit],
  )
  return rows
}

/** Writes the message that tells of a credit, once. */
export async function noteTold(pool: Pool, merchantId: Uuid, creditId: Uuid, outbox: string): Promise<void> {
  await pool.query(
    `with told as (
       update giro_credit set told = true where merchant_id = $1 and id = $2 and not told returning 1
     ) select insert_messages($3::jsonb) from told`,
    [merchantId, creditId, outbox],
  )
}

interface Row {
  merchant_id: Uuid
  id: Uuid
  payment_id: Uuid | null
  bank: string
  bank_ref: string
  amount: bigint
  currency: Currency
  applied: bigint
  owed: bigint
  ordered: bigint
  returned: bigint
  unassigned: bigint
  finding: Finding
  booked_on: string
  remittance: string
  payer_name: string
  payer_account: string
  return_reference: string | null
  at: Date
}

const SELECT = `select merchant_id, id, payment_id, bank, bank_ref, amount, currency, applied, owed, ordered, returned, unassigned,
  finding, booked_on::text as booked_on, remittance, payer_name, payer_account, return_reference, came_at as at from giro_credit`

function readCredit(row: Row): GiroCredit {
  return {
    ...(row.merchant_id === NO_MERCHANT ? {} : { merchantId: row.merchant_id }),
    id: row.id,
    ...(row.payment_id ? { paymentId: row.payment_id } : {}),
    bank: row.bank,
    bankRef: row.bank_ref,
    amount: money(row.amount, row.currency),
    applied: row.applied,
    owed: row.owed,
    ordered: row.ordered,
    returned: row.returned,
    unassigned: row.unassigned,
    finding: row.finding,
    bookedOn: row.booked_on,
    remittance: row.remittance,
    payerName: row.payer_name,
    payerAccount: row.payer_account,
    ...(row.return_reference ? { returnReference: row.return_reference } : {}),
    at: row.at,
  }
}
