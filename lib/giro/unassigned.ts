import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { readPublicId, type Uuid, uuidAt } from '../ids'
import type { Hand } from '../settlement/account-store'
import { findOpenBill, findReference } from './bill-store'
import { listUnassigned } from './credit-store'
import { readCreditorReference } from './creditor-reference'
import type { GiroCredit } from './giro-bill'
import {
  type Decided,
  decideProposal,
  type GiroProposal,
  insertProposal,
  openProposals,
  type Proposed,
  proposedOf,
} from './proposal-store'

export type AssignProposed = Proposed | 'wrong-reference' | 'unknown-reference'

/** Credits of which nobody knows whose they are: one operator says, and a second one decides (P6.3). */
export interface Unassigned {
  unassigned(wanted: { search?: string; before?: Uuid; limit: number }): Promise<GiroCredit[]>
  /**
   * Somebody has found out whose bill a credit is for.
   * @param typedReference the bill's reference, or the number of an unpaid payment (`pay_…`)
   */
  proposeAssign(creditId: Uuid, typedReference: string, by: Hand): Promise<AssignProposed>
  /** It was transferred back by people, by this name at the bank. */
  proposeReturned(creditId: Uuid, named: string, by: Hand): Promise<Proposed>
  decideProposal(proposalId: Uuid, decision: { agreed: boolean; by: Hand }): Promise<Decided>
  proposals(limit: number, before?: Uuid): Promise<GiroProposal[]>
  /** Those of some credits that wait for a second operator. */
  waiting(creditIds: readonly Uuid[]): Promise<ReadonlySet<Uuid>>
}

export function createUnassigned({
  database: { pool },
  clock,
}: {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
}): Unassigned {
  const made = () => {
    const at = clock.now()
    return { id: uuidAt(at), at }
  }

  return {
    unassigned: (wanted) => listUnassigned(pool, wanted),

    async proposeAssign(creditId, typedReference, proposedBy) {
      const paymentId = readPublicId('pay', typedReference.trim())
      const reference = readCreditorReference(typedReference)
      if (reference === undefined && paymentId === undefined) return 'wrong-reference'
      const to = paymentId ? await findOpenBill(pool, paymentId) : await findReference(pool, reference ?? '')
      if (!to) return 'unknown-reference'
      return insertProposal(pool, { ...made(), creditId, deed: 'assign', said: typedReference.trim(), to, proposedBy })
    },

    proposeReturned: (creditId, said, proposedBy) =>
      insertProposal(pool, { ...made(), creditId, deed: 'return', said, proposedBy }),

    decideProposal(proposalId, decision) {
      const { id: newId, at } = made()
      return decideProposal(pool, proposalId, { ...decision, newId, postingId: uuidAt(at), at })
    },

    proposals: (limit, before) => openProposals(pool, limit, before),
    waiting: (creditIds) => proposedOf(pool, creditIds),
  }
}
