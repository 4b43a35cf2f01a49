import type pg from 'pg'
import type { Sealed } from '../cards/vault'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { money } from '../money/money'
import type { AdvisedCredit, ReadAdvice } from './credit-advice'
import type { GiroFile } from './giro-bill'
import type { SealedPayerAccount } from './payer-account'

type Pool = pg.Pool
type Place = Pick<GiroFile, 'bank' | 'name'>

export type KnownFile = Omit<GiroFile, 'total'> & { readonly total: bigint }

/** Where a page of the list of files ended. */
export type FileMark = Pick<GiroFile, 'seenAt' | 'bank' | 'name'>

const COLUMNS = `bank, name, stamp, state, reason, message_id as "messageId", lines, total, seen_at as "seenAt"`

export async function findFile(pool: Pool, { bank, name }: Place): Promise<KnownFile | undefined> {
  const { rows } = await pool.query<KnownFile>(`select ${COLUMNS} from giro_file where bank = $1 and name = $2`, [
    bank,
    name,
  ])
  return rows[0]
}

/** The files that were read last first; those after one of them, where it is given. */
export async function newestFiles(
  pool: Pool,
  { before, limit }: { before?: FileMark | undefined; limit: number },
  currencyOf: (bank: string) => Currency,
) {
  const { rows } = await pool.query<KnownFile>(
    `select ${COLUMNS} from giro_file where $2::timestamptz is null or (seen_at, bank, name) < ($2, $3, $4)
     order by seen_at desc, bank desc, name desc limit $1`,
    [limit, before?.seenAt ?? null, before?.bank ?? null, before?.name ?? null],
  )
  return rows.map((row): GiroFile => ({ ...row, total: money(row.total, currencyOf(row.bank)) }))
}

/** Begins to read a file: whatever had been read of it before it turned out to be broken, or died, is forgotten. */
export async function beginReading(pool: Pool, { bank, name }: Place, stamp: string, at: Date): Promise<void> {
  await pool.query(
    `with forgotten as (delete from giro_line where bank = $1 and name = $2)
     insert into giro_file (bank, name, stamp, state, seen_at) values ($1, $2, $3, 'reading', $4)
     on conflict (bank, name) do update set stamp = excluded.stamp, state = 'reading', reason = null`,
    [bank, name, stamp, at],
  )
}

export async function addLines(
  pool: Pool,
  { bank, name }: Place,
  first: number,
  lines: readonly AdvisedCredit[],
): Promise<void> {
  await pool.query(
    `insert into giro_line (bank, name, line, bank_ref, amount, currency, booked_on, reference, remittance, payer_name,
       payer_account, outcome)
     select $1, $2, $3 + n - 1, bank_ref, amount, currency, booked_on, reference, remittance, payer_name, payer_account,
       outcome
     from unnest($4::text[], $5::bigint[], $6::text[], $7::date[], $8::text[], $9::text[], $10::text[], $11::text[],
       $12::text[]) with ordinality
       as x(bank_ref, amount, currency, booked_on, reference, remittance, payer_name, payer_account, outcome, n)`,
    [
      ...[bank, name, first],
      lines.map(({ bankRef }) => bankRef),
      lines.map(({ amount }) => amount.amount),
      lines.map(({ amount }) => amount.currency),
      lines.map(({ bookedOn }) => bookedOn),
      lines.map(({ reference }) => reference ?? null),
      lines.map(({ remittance }) => remittance),
      lines.map(({ payerName }) => payerName),
      lines.map(({ payerAccount }) => payerAccount),
      lines.map(({ outcome }) => outcome),
    ],
  )
}

/** Keeps the accounts that credits come from, sealed. Once a credit is booked its account stays as it was told then. */
export async function keepPayerAccounts(
  pool: Pool,
  bank: string,
  accounts: readonly SealedPayerAccount[],
): Promise<void> {
  if (accounts.length === 0) return
  await pool.query(
    `insert into giro_payer_account as a (bank, bank_ref, id, agent, sealed_number, key_id)
     select distinct on (bank_ref) $1, bank_ref, id, agent, sealed_number, key_id
     from unnest($2::text[], $3::uuid[], $4::text[], $5::bytea[], $6::text[]) as x(bank_ref, id, agent, sealed_number, key_id)
     order by bank_ref, id
     on conflict (bank, bank_ref) do update set id = excluded.id, agent = excluded.agent,
       sealed_number = excluded.sealed_number, key_id = excluded.key_id
     where not exists (select from giro_seen s where s.bank = a.bank and s.bank_ref = a.bank_ref)`,
    [
      bank,
      accounts.map(({ bankRef }) => bankRef),
      accounts.map(({ id }) => id),
      accounts.map(({ agent }) => agent),
      accounts.map(({ sealedNumber }) => Buffer.from(sealedNumber)),
      accounts.map(({ keyId }) => keyId),
    ],
  )
}

/**
 * A file has been read to its end: whole, or with the reason why nothing of it is believed. One whose message was told under
 * another name is repeated: none of its lines counts.
 */
export async function endReading(
  pool: Pool,
  { bank, name }: Place,
  end: ReadAdvice | { readonly broken: string },
): Promise<GiroFile['state']> {
  const isBroken = 'broken' in end
  const { rows } = await pool.query<{ state: GiroFile['state'] }>(
    `update giro_file f set lines = $4, total = $5, reason = $6, message_id = $7,
       state = case when $3 then 'broken' when exists (select from giro_file o where o.message_id = $7 and o.bank = $1
         and o.name <> $2 and o.state in ('read', 'applied')) then 'repeated' else 'read' end
     where f.bank = $1 and f.name = $2 and f.state = 'reading' returning state`,
    [
      ...[bank, name, isBroken, isBroken ? 0 : end.lines, isBroken ? 0n : end.total],
      ...[isBroken ? end.broken : null, isBroken ? null : end.messageId],
    ],
  )
  const state = rows[0]?.state ?? 'reading'
  if (state === 'broken' || state === 'repeated') {
    await pool.query('delete from giro_line where bank = $1 and name = $2', [bank, name])
  }
  return state
}

/** Files that are read and not applied to their last line. */
export async function filesToApply(pool: Pool, bank: string): Promise<KnownFile[]> {
  const { rows } = await pool.query<KnownFile>(
    `select ${COLUMNS} from giro_file where bank = $1 and state = 'read' order by name`,
    [bank],
  )
  return rows
}

export async function closeFile(pool: Pool, { bank, name }: Place, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update giro_file set state = 'applied', applied_at = $3 where bank = $1 and name = $2 and state = 'read'
     and not exists (select from giro_line where bank = $1 and name = $2 and outcome = 'due')`,
    [bank, name, at],
  )
  return rowCount === 1
}

/** A line of a file that was no new credit, for people to look at. */
export interface OddGiroLine {
  readonly bank: string
  readonly name: string
  readonly line: number
  readonly bankRef: string
  readonly amount: bigint
  readonly currency: Currency
  readonly outcome: 'repeated' | 'not-a-credit' | 'not-booked'
}

/** Where a page of those lines ended. */
export type OddGiroMark = Pick<OddGiroLine, 'bank' | 'name' | 'line'>

export async function oddLines(
  pool: Pool,
  { after, limit }: { after?: OddGiroMark | undefined; limit: number },
): Promise<OddGiroLine[]> {
  const { rows } = await pool.query<OddGiroLine>(
    `select bank, name, line, bank_ref as "bankRef", amount, currency, outcome from giro_line
     where outcome in ('repeated', 'not-a-credit', 'not-booked')
       and ($2::text is null or (name <= $2 and (name < $2 or (bank, line) > ($3, $4))))
     order by name desc, bank, line limit $1`,
    [limit, after?.name ?? null, after?.bank ?? null, after?.line ?? null],
  )
  return rows
}

/** Payers' accounts that are sealed by another key than this. */
export async function payerAccountsSealedByOthers(
  pool: Pool,
  keyId: string,
  limit: number,
): Promise<({ id: Uuid; bank: string; bankRef: string } & Sealed)[]> {
  const { rows } = await pool.query<{ id: Uuid; bank: string; bankRef: string } & Sealed>(
    `select id, bank, bank_ref as "bankRef", sealed_number as "sealedNumber", key_id as "keyId" from giro_payer_account where key_id <> $1 limit $2`,
    [keyId, limit],
  )
  return rows
}

export async function resealPayerAccount(
  pool: Pool,
  { id, bank, bankRef }: { id: Uuid; bank: string; bankRef: string },
  anew: Sealed,
): Promise<void> {
  await pool.query(
    'update giro_payer_account set sealed_number = $4, key_id = $5 where bank = $1 and bank_ref = $2 and id = $3',
    [bank, bankRef, id, Buffer.from(anew.sealedNumber), anew.keyId],
  )
}
