import type pg from 'pg'
import type { Sealed } from '../cards/vault'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

/** Who proposed or decided something; kept as it was then. */
export interface Hand {
  readonly id: Uuid
  readonly name: string
  readonly role: string
}

/** proposed: waits for a second person. replaced: another one took its place. rejected-by-bank: a payout to it came back. */
export type PayoutAccountState = 'proposed' | 'active' | 'refused' | 'replaced' | 'rejected-by-bank'

/** Where a merchant is paid out: the number itself is sealed, and opened only for the order to the bank. */
export interface PayoutAccount {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly currency: Currency
  readonly bank: string
  readonly lastFour: string
  readonly holder: string
  readonly state: PayoutAccountState
  readonly proposedBy: Hand
  readonly proposedAt: Date
  readonly decidedBy?: Hand
  readonly decidedAt?: Date
}

interface AccountRow extends Omit<PayoutAccount, 'decidedBy' | 'decidedAt'> {
  readonly decidedBy: Hand | null
  readonly decidedAt: Date | null
}

const COLUMNS = `a.merchant_id as "merchantId", a.id, a.currency, a.bank, a.last_four as "lastFour", a.holder, a.state,
  a.proposed_by as "proposedBy", a.proposed_at as "proposedAt", a.decided_by as "decidedBy", a.decided_at as "decidedAt"`

function accountFrom({ decidedBy, decidedAt, ...row }: AccountRow): PayoutAccount {
  return { ...row, ...(decidedBy ? { decidedBy } : {}), ...(decidedAt ? { decidedAt } : {}) }
}

export async function insertAccount(
  pool: pg.Pool,
  account: Omit<PayoutAccount, 'state' | 'decidedBy' | 'decidedAt'> & Sealed,
): Promise<void> {
  await pool.query(
    `insert into payout_account (merchant_id, id, currency, bank, sealed_number, key_id, last_four, holder, state,
       proposed_by, proposed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9, $10)`,
    [
      ...[account.merchantId, account.id, account.currency, account.bank, Buffer.from(account.sealedNumber)],
      ...[account.keyId, account.lastFour, account.holder, JSON.stringify(account.proposedBy), account.proposedAt],
    ],
  )
}

/** The accounts of a merchant, the newest first: a few a year at most. */
export async function accountsOf(pool: pg.Pool, merchantId: Uuid): Promise<PayoutAccount[]> {
  const { rows } = await pool.query<AccountRow>(
    `select ${COLUMNS} from payout_account a where a.merchant_id = $1 order by a.id desc limit 50`,
    [merchantId],
  )
  return rows.map(accountFrom)
}

/** Those that wait for a second person, of every merchant, the oldest first. */
export async function proposedAccounts(
  pool: pg.Pool,
  limit: number,
  after?: Uuid,
): Promise<(PayoutAccount & { readonly name: string; readonly nameEn: string })[]> {
  const { rows } = await pool.query<AccountRow & { name: string; nameEn: string }>(
    `select ${COLUMNS}, m.name, m.name_en as "nameEn" from payout_account a join merchant m on m.id = a.merchant_id
     where a.state = 'proposed' and ($2::uuid is null or a.id > $2) order by a.id limit $1`,
    [limit, after ?? null],
  )
  return rows.map((row) => ({ ...accountFrom(row), name: row.name, nameEn: row.nameEn }))
}

/**
 * Agrees to a proposed account, or refuses it; whoever proposed it cannot. With yes it takes the place of the one before, in
 * one transaction. False when there is none that this person may decide.
 */
export async function decideAccount(
  pool: pg.Pool,
  { merchantId, id }: { merchantId: Uuid; id: Uuid },
  decision: { readonly agreed: boolean; readonly by: Hand; readonly at: Date },
): Promise<boolean> {
  const { rows } = await pool.query<{ decided: boolean }>(
    'select decide_payout_account($1, $2, $3, $4, $5) as decided',
    [...[merchantId, id, decision.agreed, JSON.stringify(decision.by), decision.at]],
  )
  return rows[0]!.decided
}

/** Accounts that are sealed by another key than this. */
export async function payoutAccountsSealedByOthers(
  pool: pg.Pool,
  keyId: string,
  limit: number,
): Promise<({ merchantId: Uuid; id: Uuid } & Sealed)[]> {
  const { rows } = await pool.query<{ merchantId: Uuid; id: Uuid } & Sealed>(
    `select merchant_id as "merchantId", id, sealed_number as "sealedNumber", key_id as "keyId" from payout_account
     where key_id <> $1 limit $2`,
    [keyId, limit],
  )
  return rows
}

export async function resealPayoutAccount(
  pool: pg.Pool,
  { merchantId, id, keyId }: { merchantId: Uuid; id: Uuid; keyId: string },
  anew: Sealed,
): Promise<void> {
  await pool.query(
    'update payout_account set sealed_number = $4, key_id = $5 where merchant_id = $1 and id = $2 and key_id = $3',
    [merchantId, id, keyId, Buffer.from(anew.sealedNumber), anew.keyId],
  )
}
