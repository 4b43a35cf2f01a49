import type pg from 'pg'
import type { Sealed } from '../cards/vault'
import { again } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { money } from '../money/money'
import type { Hand } from '../settlement/account-store'
import type { Heard, TransferAnswer } from '../settlement/file-store'
import type { TransferPlace } from '../settlement/orders'
import type { Returnable, ReturnSource, ReturnState, ReturnTransfer } from './return-transfer'

interface Row {
  merchantId: Uuid
  id: Uuid
  source: ReturnSource
  sourceId: Uuid
  paymentId: Uuid | null
  houseBank: string
  amount: bigint
  currency: Currency
  payerName: string
  lastFour: string
  state: ReturnState
  reason: string | null
  named: string | null
  proposedBy: Hand | null
  decidedBy: Hand | null
  createdAt: Date
  changedAt: Date
}

const COLUMNS = `t.merchant_id as "merchantId", t.id, t.source, t.source_id as "sourceId", t.payment_id as "paymentId",
  t.house_bank as "houseBank", t.amount, t.currency, t.payer_name as "payerName", t.last_four as "lastFour", t.state,
  t.reason, t.named, t.proposed_by as "proposedBy", t.decided_by as "decidedBy", t.created_at as "createdAt",
  t.changed_at as "changedAt"`

function transferFrom({
  amount,
  currency,
  paymentId,
  reason,
  named,
  proposedBy,
  decidedBy,
  ...row
}: Row): ReturnTransfer {
  return {
    ...row,
    amount: money(amount, currency),
    ...(paymentId ? { paymentId } : {}),
    ...(reason === null ? {} : { reason }),
    ...(named === null ? {} : { named }),
    ...(proposedBy ? { proposedBy } : {}),
    ...(decidedBy ? { decidedBy } : {}),
  }
}

/** Refunds of debits, and debits of given-up orders, that no transfer was ever made for. */
export async function returnables(pool: pg.Pool, limit: number): Promise<Returnable[]> {
  const { rows } = await pool.query<Returnable>(
    `(select d.merchant_id as "merchantId", 'debit' as source, d.id as "sourceId", '' as reference from debit d
      where d.state = 'to-return' and not exists (select from return_transfer t
        where t.merchant_id = d.merchant_id and t.source_id = d.id and t.source = 'debit') limit $1)
     union all
     (select r.merchant_id, 'debit-refund', r.debit_id, r.reference from debit_refund r
      join debit d on d.merchant_id = r.merchant_id and d.id = r.debit_id and d.state = 'settled'
      where r.state = 'open' and not exists (select from return_transfer t where t.merchant_id = r.merchant_id
        and t.source_id = r.debit_id and t.source = 'debit-refund' and t.reference = r.reference) limit $1)`,
    [limit],
  )
  return rows
}

/** gone: nothing of it is to go back any more. no-account: the bank did not tell whose account it came from. */
export type Ordered = 'ordered' | 'gone' | 'no-account'

export async function orderReturn(
  pool: pg.Pool,
  of: Returnable,
  made: { id: Uuid; state: 'proposed' | 'due'; by?: Hand; at: Date },
): Promise<Ordered> {
  const { rows } = await again(() =>
    pool.query<{ outcome: Ordered }>('select order_return($1, $2, $3, $4, $5, $6, $7, $8) as outcome', [
      ...[of.merchantId, of.source, of.sourceId, of.reference, made.id],
      ...[made.by ? JSON.stringify(made.by) : null, made.state, made.at],
    ]),
  )
  return rows[0]!.outcome
}

/** What a transfer is for, so that it can be ordered once more. */
export async function sourceOf(pool: pg.Pool, { merchantId, id }: TransferPlace): Promise<Returnable | undefined> {
  const { rows } = await pool.query<Returnable>(
    `select merchant_id as "merchantId", source, source_id as "sourceId", reference from return_transfer
     where merchant_id = $1 and id = $2 and state = 'rejected'`,
    [merchantId, id],
  )
  return rows[0]
}

export async function decideReturn(
  pool: pg.Pool,
  { merchantId, id }: TransferPlace,
  { agreed, by, postingId, at }: { agreed: boolean; by: Hand; postingId: Uuid; at: Date },
): Promise<boolean> {
  const { rows } = await again(() =>
    pool.query<{ done: boolean }>('select decide_return($1, $2, $3, $4, $5, $6) as done', [
      ...[merchantId, id, agreed, JSON.stringify(by), postingId, at],
    ]),
  )
  return rows[0]!.done
}

export async function returnByHand(
  pool: pg.Pool,
  { merchantId, id }: TransferPlace,
  { named, by, postingId, at }: { named: string; by: Hand; postingId: Uuid; at: Date },
): Promise<boolean> {
  const { rows } = await again(() =>
    pool.query<{ done: boolean }>('select return_by_hand($1, $2, $3, $4, $5, $6) as done', [
      ...[merchantId, id, named, JSON.stringify(by), postingId, at],
    ]),
  )
  return rows[0]!.done
}

export interface ReturnFilter {
  readonly state?: ReturnState | undefined
  readonly paymentId?: Uuid | undefined
  /** Older than this one. */
  readonly before?: Uuid | undefined
  readonly limit: number
}

/** A merchant's transfers back, the newest first. */
export async function listReturns(
  pool: pg.Pool,
  merchantId: Uuid,
  { state, paymentId, before, limit }: ReturnFilter,
): Promise<ReturnTransfer[]> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS} from return_transfer t where t.merchant_id = $1 and ($2::text is null or t.state = $2)
       and ($3::uuid is null or t.id < $3) and ($4::uuid is null or t.payment_id = $4) order by t.id desc limit $5`,
    [merchantId, state ?? null, before ?? null, paymentId ?? null, limit],
  )
  return rows.map(transferFrom)
}

export async function findReturn(
  pool: pg.Pool,
  { merchantId, id }: TransferPlace,
): Promise<ReturnTransfer | undefined> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS} from return_transfer t where t.merchant_id = $1 and t.id = $2`,
    [merchantId, id],
  )
  return rows[0] && transferFrom(rows[0])
}

export async function claimReturns(
  pool: pg.Pool,
  file: { id: Uuid; bank: string; currency: Currency; name: string; most: number; at: Date },
): Promise<number> {
  const { rows } = await pool.query<{ claimed: number }>(
    'select claim_return_file($1, $2, $3, $4, $5, $6) as claimed',
    [...[file.id, file.bank, file.currency, file.name, file.most, file.at]],
  )
  return rows[0]!.claimed
}

export async function findFiled(pool: pg.Pool, fileId: Uuid, id: Uuid): Promise<TransferPlace | undefined> {
  const { rows } = await pool.query<{ merchantId: Uuid; id: Uuid }>(
    'select merchant_id as "merchantId", id from return_transfer where file_id = $1 and id = $2',
    [fileId, id],
  )
  return rows[0]
}

/** A transfer with where its account lies, sealed: in the mandate of its debit, or beside its giro credit. */
export interface FiledReturn extends TransferPlace, Sealed {
  readonly amount: bigint
  readonly holder: string
  readonly mandateId: Uuid | null
  /** Code of the payer's bank, as the mandate has it. */
  readonly bank: string | null
  readonly accountId: Uuid | null
  /** The payer's bank, as the credit advice named it. */
  readonly agent: string | null
}

export async function filedReturns(
  pool: pg.Pool,
  fileId: Uuid,
  after: TransferPlace | undefined,
  limit: number,
): Promise<FiledReturn[]> {
  const { rows } = await pool.query<FiledReturn>(
    `select t.merchant_id as "merchantId", t.id, t.amount, t.payer_name as holder, m.id as "mandateId", m.bank,
       a.id as "accountId", a.agent, coalesce(m.sealed_number, a.sealed_number) as "sealedNumber",
       coalesce(m.key_id, a.key_id) as "keyId"
     from return_transfer t
     left join debit d on t.source <> 'giro' and d.merchant_id = t.merchant_id and d.id = t.source_id
     left join mandate m on m.merchant_id = d.merchant_id and m.id = d.mandate_id
     left join giro_credit c on t.source = 'giro' and c.merchant_id = t.merchant_id and c.id = t.source_id
     left join giro_payer_account a on a.bank = c.bank and a.bank_ref = c.bank_ref
     where t.file_id = $1 and ($2::uuid is null or (t.merchant_id, t.id) > ($2, $3::uuid))
     order by t.merchant_id, t.id limit $4`,
    [fileId, after?.merchantId ?? null, after?.id ?? null, limit],
  )
  return rows
}

export async function answerReturn(
  pool: pg.Pool,
  { merchantId, id }: TransferPlace,
  { becomes, reason, postingId, at }: TransferAnswer,
): Promise<Heard> {
  const { rows } = await again(() =>
    pool.query<{ outcome: Heard }>('select answer_return($1, $2, $3, $4, $5, $6) as outcome', [
      ...[merchantId, id, becomes, reason ?? null, postingId, at],
    ]),
  )
  return rows[0]!.outcome
}
