import type { Actor } from '../audit/audit'
import type { Membership, Person, StaffRole } from '../auth/person'
import { publicId } from '../ids'
import { atLeastZero, sum } from '../money/money'
import type { Refund, Requester } from '../payments/payment'
import type { RefundWord } from '../payments/refund-policy'

/** Somebody of a merchant's people, with the rights that hold at this request. */
export interface Member {
  readonly person: Pick<Person, 'id' | 'name'>
  readonly membership: Membership
  /** The address that their request came from. */
  readonly from?: string
}

/**
 * How much of one payment a member may still give back alone: undefined is without limit. What the member gave back of
 * it before counts, so that a limit is not got round in several steps.
 * @param refunds of that payment
 */
export function limitLeft({ person, membership }: Member, refunds: readonly Refund[]): bigint | undefined {
  if (membership.refundLimit === undefined) return undefined
  const id = publicId('per', person.id)
  const mine = refunds.filter(({ requestedBy, state }) => requestedBy.id === id && state !== 'refused')
  return atLeastZero(membership.refundLimit - sum(mine.map(({ amount }) => amount)))
}

/** The limit of what a member gives back alone, for whoever opens the refund: there it holds, however much is sent at once. */
export function alone({ membership: { refundLimit } }: Member): { readonly limit?: bigint } {
  return refundLimit === undefined ? {} : { limit: refundLimit }
}

/** A counselor speaks for whoever calls; owners and staff may agree for the shop. */
export function wordOf({ membership }: Member): RefundWord {
  return membership.role === 'counselor' ? 'asked' : 'agreed'
}

/** What staff give back is looked at by somebody else where the shop's rules want approval. */
export function givenBy(member: Member): RefundWord {
  return member.membership.role === 'staff' ? 'given' : wordOf(member)
}

/** Who it was, as the audit trail says it (P9.3). */
export function actorOf({ person, membership, from }: Member): Actor & { readonly role: StaffRole } {
  const actor = { kind: 'person', id: person.id, name: person.name, role: membership.role } as const
  return from === undefined ? actor : { ...actor, from }
}

export function requesterOf({ person }: Pick<Member, 'person'>): Requester {
  return { kind: 'person', id: publicId('per', person.id), name: person.name }
}
