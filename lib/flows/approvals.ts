import { type Audit, audited } from '../audit/audit'
import { can } from '../auth/access'
import type { Membership, Person } from '../auth/person'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { publicId, type Uuid } from '../ids'
import type { Payments } from '../payments/payments'
import {
  type Approval,
  type ApprovalFilter,
  castVote,
  type Counted,
  findApproval,
  findApprovals,
} from './approval-store'

/** Somebody of the shop's people, with the rights that hold at this request. */
interface Approver {
  readonly person: Pick<Person, 'id' | 'name'>
  readonly membership: Membership
  /** The address that their request came from. */
  readonly from?: string
}

/** Payments that the shop's people have to agree to before anything is taken (four eyes, M-160). */
export interface Approvals {
  list(merchantId: Uuid, filter: ApprovalFilter): Promise<Approval[]>
  find(merchantId: Uuid, paymentId: Uuid): Promise<Approval | undefined>
  /**
   * One person's word, once for ever. The last yes that is needed lets the payment go on; one no ends it, and gives back
   * what it holds. Written into the audit trail whether it counted or not.
   */
  vote(
    approver: Approver,
    vote: { paymentId: Uuid; verdict: 'approve' | 'refuse'; words: string },
  ): Promise<Counted | { kind: 'forbidden' }>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly payments: Pick<Payments, 'factCame'>
  readonly audit: Pick<Audit, 'note'>
}

export function createApprovals({ database, clock, payments, audit }: Parts): Approvals {
  const { prisma, pool } = database

  return {
    list: (merchantId, filter) => findApprovals(prisma, merchantId, filter),
    find: (merchantId, paymentId) => findApproval(prisma, merchantId, paymentId),

    async vote({ person, membership, from }, { paymentId, verdict, words }) {
      const { merchantId, role } = membership
      const actor = { kind: 'person', id: person.id, name: person.name, role, ...(from && { from }) } as const
      const object = publicId('pay', paymentId)
      const line = { tenantId: merchantId, actor, action: 'payment.approve', object, detail: { verdict, words } }
      if (!can(role, 'payment.approve')) {
        await audit.note({ ...line, outcome: 'forbidden' })
        return { kind: 'forbidden' }
      }
      const vote = { merchantId, paymentId, verdict, words, at: clock.now() }
      const cast = () => castVote(pool, { ...vote, personId: person.id, personName: person.name })
      const counted = await audited(audit, line, cast, (done) => (done.kind === 'counted' ? done.state : done.kind))
      if (counted.kind === 'counted' && counted.state !== 'waiting') await payments.factCame(merchantId, paymentId)
      return counted
    },
  }
}
