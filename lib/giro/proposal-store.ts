import type pg from 'pg'
import { again } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { type Money, money } from '../money/money'
import type { Hand } from '../settlement/account-store'

/** What one operator wants done with a credit of nobody's, until a second one has decided (P6.3). */
export interface GiroProposal {
  readonly id: Uuid
  readonly creditId: Uuid
  /** assign: it is for a bill. return: people have transferred it back. */
  readonly deed: 'assign' | 'return'
  readonly amount: Money
  readonly payerName: string
  /** The reference or payment number as it was typed, or the name of the transfer at the bank. */
  readonly said: string
  readonly proposedBy: Hand
}

export interface NewProposal extends Pick<GiroProposal, 'id' | 'creditId' | 'deed' | 'said' | 'proposedBy'> {
  /** The bill, where it is for one. */
  readonly to?: { readonly merchantId: Uuid; readonly billId: Uuid }
  readonly at: Date
}

/** waits: something is proposed of it already. not-open: dealt with already, or in another currency than the bill. */
export type Proposed = 'proposed' | 'waits' | 'not-open'

export async function insertProposal(pool: pg.Pool, made: NewProposal): Promise<Proposed> {
  const { rows } = await again(() =>
    pool.query<{ outcome: Proposed }>('select propose_giro($1, $2, $3, $4, $5, $6, $7, $8) as outcome', [
      ...[made.id, made.creditId, made.deed, made.said, made.to?.merchantId ?? null, made.to?.billId ?? null],
      ...[JSON.stringify(made.proposedBy), made.at],
    ]),
  )
  return rows[0]!.outcome
}

/** gone: nothing is proposed, or whoever decides has proposed it. too-late: the credit was ordered back meanwhile. */
export type Decided = 'agreed' | 'refused' | 'too-late' | 'gone'

export async function decideProposal(
  pool: pg.Pool,
  proposalId: Uuid,
  made: { agreed: boolean; by: Hand; newId: Uuid; postingId: Uuid; at: Date },
): Promise<Decided> {
  const { rows } = await again(() =>
    pool.query<{ outcome: Decided }>('select decide_giro($1, $2, $3, $4, $5, $6) as outcome', [
      ...[proposalId, made.agreed, JSON.stringify(made.by), made.newId, made.postingId, made.at],
    ]),
  )
  return rows[0]!.outcome
}

type Row = Omit<GiroProposal, 'amount'> & { readonly amount: bigint; readonly currency: Currency }

/** What waits for a second operator, the newest first; those before one of them, where it is given. */
export async function openProposals(pool: pg.Pool, limit: number, before?: Uuid): Promise<GiroProposal[]> {
  const { rows } = await pool.query<Row>(
    `select id, credit_id as "creditId", deed, amount, currency, payer_name as "payerName", said,
       proposed_by as "proposedBy" from giro_proposal
     where state = 'proposed' and ($2::uuid is null or id < $2) order by id desc limit $1`,
    [limit, before ?? null],
  )
  return rows.map(({ amount, currency, ...row }) => ({ ...row, amount: money(amount, currency) }))
}

/** Those of some credits about which something waits. */
export async function proposedOf(pool: pg.Pool, creditIds: readonly Uuid[]): Promise<ReadonlySet<Uuid>> {
  const { rows } = await pool.query<{ creditId: Uuid }>(
    `select credit_id as "creditId" from giro_proposal where state = 'proposed' and credit_id = any($1)`,
    [creditIds],
  )
  return new Set(rows.map(({ creditId }) => creditId))
}
