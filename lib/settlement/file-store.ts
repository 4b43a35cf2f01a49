import type pg from 'pg'
import type { Sealed } from '../cards/vault'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { messageOf } from './payout-store'

/** claimed: its payouts are chosen. written: its bytes are kept. delivered: the bank has it. answered: each has its answer. */
export type PayoutFileState = 'claimed' | 'written' | 'delivered' | 'answered'

/** Whom an order pays: merchants, or payers who get something back. */
export type OrderCode = 'payouts' | 'returns'

/** An order to our bank to pay (pain.001). */
export interface PayoutFile {
  readonly id: Uuid
  readonly bank: string
  readonly name: string
  readonly currency: Currency
  readonly kind: OrderCode
  /** Transfers in it. */
  readonly payouts: number
  /** Minor units. */
  readonly total: bigint
  readonly state: PayoutFileState
  readonly createdAt: Date
  readonly deliveredAt: Date | null
  readonly answeredAt: Date | null
}

const COLUMNS = `f.id, f.bank, f.name, f.currency, f.kind, f.payouts, f.total, f.state, f.created_at as "createdAt",
  f.delivered_at as "deliveredAt", f.answered_at as "answeredAt"`

/** Claims due payouts of a currency for a new file; how many, none when nothing is due. */
export async function claimFile(
  pool: pg.Pool,
  file: { id: Uuid; bank: string; currency: Currency; name: string; most: number; at: Date },
): Promise<number> {
  const { rows } = await pool.query<{ claimed: number }>(
    'select claim_payout_file($1, $2, $3, $4, $5, $6) as claimed',
    [...[file.id, file.bank, file.currency, file.name, file.most, file.at]],
  )
  return rows[0]!.claimed
}

export async function filesIn(
  pool: pg.Pool,
  kind: OrderCode,
  state: PayoutFileState,
  limit: number,
): Promise<PayoutFile[]> {
  const { rows } = await pool.query<PayoutFile>(
    `select ${COLUMNS} from payout_file f where f.state = $1 and f.kind = $2 order by f.id limit $3`,
    [state, kind, limit],
  )
  return rows
}

/** The newest files first; those before one of them, where it is given. */
export async function newestFiles(pool: pg.Pool, limit: number, before?: Uuid): Promise<PayoutFile[]> {
  const { rows } = await pool.query<PayoutFile>(
    `select ${COLUMNS} from payout_file f where $2::uuid is null or f.id < $2 order by f.id desc limit $1`,
    [limit, before ?? null],
  )
  return rows
}

/** A payout as the order to the bank names it. */
export interface OrderedPayout extends Sealed {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly accountId: Uuid
  readonly amount: bigint
  readonly bank: string
  readonly holder: string
  readonly day: string
}

/** The payouts of a file, a page after one of them. */
export async function payoutsOf(
  pool: pg.Pool,
  fileId: Uuid,
  after: { merchantId: Uuid; id: Uuid } | undefined,
  limit: number,
): Promise<OrderedPayout[]> {
  const { rows } = await pool.query<OrderedPayout>(
    `select p.merchant_id as "merchantId", p.id, a.id as "accountId", p.amount, a.bank, a.holder,
       to_char(p.day, 'YYYY-MM-DD') as day, a.sealed_number as "sealedNumber", a.key_id as "keyId"
     from payout p join payout_account a on a.merchant_id = p.merchant_id and a.id = p.account_id
     where p.file_id = $1 and ($2::uuid is null or (p.merchant_id, p.id) > ($2, $3::uuid))
     order by p.merchant_id, p.id limit $4`,
    [fileId, after?.merchantId ?? null, after?.id ?? null, limit],
  )
  return rows
}

/** Keeps the bytes of a file, the first that somebody wrote; whoever sends it sends these. */
export async function keepContent(pool: pg.Pool, fileId: Uuid, content: Buffer): Promise<void> {
  await pool.query(`update payout_file set content = $2, state = 'written' where id = $1 and state = 'claimed'`, [
    fileId,
    content,
  ])
}

/** The bytes of a file that the bank is still to have. */
export async function undelivered(pool: pg.Pool, fileId: Uuid): Promise<Buffer | undefined> {
  const { rows } = await pool.query<{ content: Buffer | null }>(
    `select content from payout_file where id = $1 and state = 'written'`,
    [fileId],
  )
  return rows[0]?.content ?? undefined
}

export async function noteDelivered(pool: pg.Pool, fileId: Uuid, at: Date): Promise<void> {
  await pool.query(
    `update payout_file set state = 'delivered', delivered_at = $2 where id = $1 and state = 'written'`,
    [fileId, at],
  )
}

/** Notes files whose transfers have all come to an end. */
export async function noteAnswered(pool: pg.Pool, at: Date): Promise<void> {
  await pool.query(
    `update payout_file f set state = 'answered', answered_at = $1 where f.state = 'delivered'
       and not exists (select from payout p where p.file_id = f.id and p.state in ('filed', 'accepted'))
       and not exists (select from return_transfer t where t.file_id = f.id and t.state in ('filed', 'accepted'))`,
    [at],
  )
}

/** Names among those given of status reports that have been read before. */
export async function readBefore(pool: pg.Pool, bank: string, names: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ name: string }>(
    'select name from payout_status_file where bank = $1 and name = any($2)',
    [bank, names],
  )
  return new Set(rows.map(({ name }) => name))
}

export async function noteRead(
  pool: pg.Pool,
  { bank, name, outcome, at }: { bank: string; name: string; outcome: string; at: Date },
): Promise<void> {
  await pool.query(
    'insert into payout_status_file (bank, name, outcome, at) values ($1, $2, $3, $4) on conflict do nothing',
    [bank, name, outcome, at],
  )
}

/** Whose payout it is that an order's reference names. */
export async function findOrdered(
  pool: pg.Pool,
  fileId: Uuid,
  payoutId: Uuid,
): Promise<{ merchantId: Uuid; id: Uuid } | undefined> {
  const { rows } = await pool.query<{ merchantId: Uuid; id: Uuid }>(
    `select p.merchant_id as "merchantId", p.id from payout p where p.file_id = $1 and p.id = $2`,
    [fileId, payoutId],
  )
  return rows[0]
}

/** What became of the bank's word: contradicts where it cannot be true beside what was said before. */
export type Heard = 'applied' | 'repeated' | 'contradicts' | 'unknown'

/** What the bank says of a transfer. */
export interface TransferAnswer {
  readonly becomes: 'accepted' | 'paid' | 'rejected'
  readonly reason?: string | undefined
  readonly postingId: Uuid
  readonly at: Date
}

export async function answerPayout(
  pool: pg.Pool,
  payout: { merchantId: Uuid; id: Uuid },
  answer: TransferAnswer,
): Promise<Heard> {
  const { rows } = await pool.query<{ outcome: Heard }>('select answer_payout($1, $2, $3, $4, $5, $6, $7) as outcome', [
    ...[payout.merchantId, payout.id, answer.becomes, answer.reason ?? null, answer.postingId],
    ...[messageOf(payout.id, answer.at), answer.at],
  ])
  return rows[0]!.outcome
}
