import type pg from 'pg'
import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

type Tx = Prisma.TransactionClient

export type ApprovalState = 'waiting' | 'approved' | 'refused' | 'closed'

export interface Vote {
  readonly personId: Uuid
  readonly personName: string
  readonly verdict: 'approve' | 'refuse'
  readonly words: string
  readonly at: Date
}

/** A payment that waits, or waited, for the shop's people. */
export interface Approval {
  readonly paymentId: Uuid
  /** How many have to agree. */
  readonly needed: number
  /** Minor units. */
  readonly amount: bigint
  readonly currency: Currency
  readonly orderRef: string
  readonly orderName: string
  /** closed: the payment came to an end before anybody decided. */
  readonly state: ApprovalState
  readonly askedAt: Date
  readonly closedAt?: Date
  readonly votes: readonly Vote[]
}

export type Counted =
  | { kind: 'counted'; state: ApprovalState; given: number; needed: number }
  /** Whoever has said something cannot say it again, nor anything else. */
  | { kind: 'voted-before' }
  | { kind: 'not-waiting' }
  | { kind: 'missing' }

export async function castVote(pool: pg.Pool, vote: Vote & { merchantId: Uuid; paymentId: Uuid }): Promise<Counted> {
  const { rows } = await pool.query<{ counted: Counted }>('select vote_on_payment($1) as counted', [
    JSON.stringify(vote),
  ])
  return rows[0]!.counted
}

export async function findApprovalState(pool: pg.Pool, merchantId: Uuid, paymentId: Uuid): Promise<ApprovalState> {
  const { rows } = await pool.query<{ state: ApprovalState }>(
    'select state from approval where merchant_id = $1 and payment_id = $2',
    [merchantId, paymentId],
  )
  return rows[0]?.state ?? 'waiting'
}

export interface ApprovalFilter {
  readonly state: ApprovalState
  /** In the order's reference or name. */
  readonly search?: string | undefined
  /** Payments older than this one. */
  readonly before?: Uuid | undefined
  readonly limit: number
}

export async function findApprovals(tx: Tx, merchantId: Uuid, filter: ApprovalFilter): Promise<Approval[]> {
  const { state, search, before, limit } = filter
  const contains = search ? { contains: search, mode: 'insensitive' as const } : undefined
  const rows = await tx.approval.findMany({
    where: {
      merchantId,
      state,
      ...(contains ? { OR: [{ orderRef: contains }, { orderName: contains }] } : {}),
      ...(before ? { paymentId: { lt: before } } : {}),
    },
    orderBy: { paymentId: 'desc' },
    take: limit,
  })
  return withVotes(tx, merchantId, rows)
}

export async function findApproval(tx: Tx, merchantId: Uuid, paymentId: Uuid): Promise<Approval | undefined> {
  const row = await tx.approval.findUnique({ where: { merchantId_paymentId: { merchantId, paymentId } } })
  return row ? (await withVotes(tx, merchantId, [row]))[0] : undefined
}

type ApprovalRow = Omit<Approval, 'currency' | 'state' | 'closedAt' | 'votes'> & {
  currency: string
  state: string
  closedAt: Date | null
}

async function withVotes(tx: Tx, merchantId: Uuid, rows: readonly ApprovalRow[]): Promise<Approval[]> {
  const votes = await tx.approvalVote.findMany({
    where: { merchantId, paymentId: { in: rows.map(({ paymentId }) => paymentId) } },
    orderBy: { at: 'asc' },
  })
  return rows.map(({ paymentId, needed, amount, currency, orderRef, orderName, state, askedAt, closedAt }) => ({
    ...{ paymentId, needed, amount, orderRef, orderName, askedAt },
    currency: currency as Currency,
    state: state as ApprovalState,
    ...(closedAt ? { closedAt } : {}),
    votes: votes
      .filter((vote) => vote.paymentId === paymentId)
      .map(({ personId, personName, verdict, words, at }) => ({
        ...{ personId, personName, words, at },
        verdict: verdict === 'approve' ? ('approve' as const) : ('refuse' as const),
      })),
  }))
}
