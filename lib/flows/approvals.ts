import type { Audit } from '../audit/audit'
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

    async vote({ person, membership }, { paymentId, verdict, words }) {
      const { merchantId, role } = membership
      const counted = can(role, 'payment.approve')
        ? await castVote(pool, {
            ...{ merchantId, paymentId, verdict, words, at: clock.now() },
            ...{ personId: person.id, personName: person.name },
          })
        : { kind: 'forbidden' as const }
      await audit.note({
        tenantId: merchantId,
        actor: { kind: 'person', id: person.id, name: person.name, role },
        action: 'payment.approve',
        object: publicId('pay', paymentId),
        outcome: counted.kind === 'counted' ? counted.state : counted.kind,
        detail: { verdict, words },
      })
      if (counted.kind === 'counted' && counted.state !== 'waiting') await payments.factCame(merchantId, paymentId)
      return counted
    },
  }
}
