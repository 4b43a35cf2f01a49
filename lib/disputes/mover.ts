import type pg from 'pg'
import { type Clock, later } from '../clock'
import type { Dispute, DisputeActor } from './dispute'
import { composeDisputeMessages } from './dispute-messages'
import { type DisputeEvent, isClosed, stateAfter } from './dispute-moves'
import { type DisputeMove, findDispute, findOwners, moveDispute } from './store'

export type Moved = { readonly kind: 'moved'; readonly dispute: Dispute } | { readonly kind: 'wrong-state' }

export interface Mover {
  /**
   * Moves a dispute, writes down who did it, and what has to be told of it, in one transaction. Wrong-state where the table of
   * moves does not know it, or where somebody else moved the dispute since it was read.
   */
  move(
    dispute: Dispute,
    event: DisputeEvent,
    by: DisputeActor,
    rest?: Partial<Pick<DisputeMove, 'words' | 'detail' | 'changes'>>,
  ): Promise<Moved>
}

// Whoever dies while money is about to go back leaves it to the worker after this time.
const LEASE_MS = 30_000

/** What was decided and did not come to pass is taken away: the history keeps it. */
const UNDECIDED = {
  ...{ outcome: null, granted: null, decision: null, decidedBy: null, confirmedBy: null },
  ...{ aloneLimit: null, refundId: null },
} as const
const UNDOES: readonly DisputeEvent[] = [
  'withdrawn',
  'ranOut',
  'notConfirmed',
  'notConfirmedUnanswered',
  'notRefunded',
  'notRefundedUnanswered',
]

interface Parts {
  readonly pool: pg.Pool
  readonly clock: Clock
  /** How long a dispute may wait for a decision, in milliseconds. */
  readonly decisionTimeMs: number
}

export function createMover({ pool, clock, decisionTimeMs }: Parts): Mover {
  return {
    async move(dispute, event, actor, { changes = {}, ...rest } = {}) {
      const state = stateAfter(dispute.state, event)
      if (!state) return { kind: 'wrong-state' }
      const at = clock.now()
      const decideBy = dispute.decideBy ?? later(at, decisionTimeMs)
      const dueAt = isClosed(state) ? null : state === 'deciding' ? later(at, LEASE_MS) : decideBy
      const owners = await findOwners(pool, dispute.merchantId)
      const all = { decideBy, ...changes, ...(UNDOES.includes(event) && UNDECIDED) }
      const told = { ...dispute, ...withoutNulls(all), state }
      const isMoved = await moveDispute(pool, dispute, {
        ...{ event, state, actor, at, dueAt, ...rest },
        changes: all,
        messages: composeDisputeMessages(event, told, { owners, at }),
      })
      const moved = isMoved && (await findDispute(pool, dispute.merchantId, dispute.id))
      return moved ? { kind: 'moved', dispute: moved } : { kind: 'wrong-state' }
    },
  }
}

type Kept<Changes> = { [Name in keyof Changes]?: NonNullable<Changes[Name]> }

function withoutNulls<Changes extends object>(changes: Changes): Kept<Changes> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null)) as Kept<Changes>
}
