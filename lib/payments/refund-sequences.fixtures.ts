import { sum } from '../money/money'
import { capturePosting, partPosting, refundPostings, returnPostings } from './books'
import type { Entry, Posting } from '../ledger/posting'
import type { Leg, Payment, RefundStrategy } from './payment'
import { divideRefund } from './refund-division'

/** What happens to a payment next; a deed that cannot be done as things stand leaves them as they are. */
export type Deed =
  | { readonly kind: 'take' }
  /** What was deferred has come. */
  | { readonly kind: 'rest-came' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'refund'; readonly amount: bigint; readonly strategy: RefundStrategy; readonly refuses?: boolean }

/** How a payment stands after its deeds, with everything that was booked on the way. */
export interface Played {
  readonly payment: Payment
  readonly postings: readonly Posting[]
  /** What went back in refunds, minor units, one by one. */
  readonly refunds: readonly bigint[]
}

/**
 * Plays deeds over a payment in memory by the same division and the same books as the real one, so that very many orders of
 * events can be tried. Legs marked as deferred are paid when the rest comes.
 */
export function play(start: Payment, deferred: ReadonlySet<number>, deeds: readonly Deed[], at: Date): Played {
  let payment = start
  const postings: Posting[] = []
  const refunds: bigint[] = []
  const setLegs = (change: (leg: Leg) => Leg) => (payment = { ...payment, legs: payment.legs.map(change) })
  const captured = (leg: Leg): Leg => ({ ...leg, state: 'captured', capturedAmount: leg.amount })

  function pay() {
    postings.push(capturePosting(payment, payment.legs, at))
    payment = { ...payment, state: 'paid', standing: 'paid', capturedAmount: payment.amount }
  }

  function take() {
    if (payment.state !== 'authorized') return
    const isNow = ({ leg }: Leg) => !deferred.has(leg)
    if (payment.legs.every(isNow)) {
      setLegs(captured)
      return pay()
    }
    const taken = payment.legs.filter(isNow)
    if (taken.length > 0) postings.push(partPosting(payment, taken, at))
    setLegs((leg) =>
      isNow(leg) ? { ...captured(leg), hold: { ...leg.hold, booked: 'in-part' } } : { ...leg, state: 'awaiting' },
    )
    payment = { ...payment, state: 'awaiting' }
  }

  function cancel() {
    if (payment.state === 'paid') return refund(payment.capturedAmount - payment.refundedAmount, 'ratio')
    if (payment.state !== 'authorized' && payment.state !== 'awaiting') return
    const taken = payment.legs.filter(({ state }) => state === 'captured')
    if (taken.length > 0) postings.push(...returnPostings(payment, taken, at))
    setLegs((leg) => ({ ...leg, capturedAmount: 0n, state: leg.state === 'captured' ? 'returned' : 'voided' }))
    payment = { ...payment, state: 'cancelled', standing: 'failed' }
  }

  function refund(amount: bigint, strategy: RefundStrategy, refuses = false) {
    const shares = payment.state === 'paid' ? divideRefund(payment, amount, strategy) : undefined
    if (!shares) return
    // As the store does it: what is on its way counts as refunded, and what is refused counts no longer.
    const given = refuses ? shares.slice(1) : shares
    const shareOf = ({ attempt, leg }: Leg) => given.find((share) => share.attempt === attempt && share.leg === leg)
    setLegs((leg) => ({ ...leg, refundedAmount: leg.refundedAmount + (shareOf(leg)?.amount ?? 0n) }))
    const back = sum(given.map((share) => share.amount))
    if (back === 0n) return
    payment = { ...payment, refundedAmount: payment.refundedAmount + back }
    const booked = given.map((share) => ({
      leg: payment.legs.find(({ attempt, leg }) => attempt === share.attempt && leg === share.leg)!,
      amount: share.amount,
    }))
    postings.push(...refundPostings(payment, booked, at))
    refunds.push(back)
    const isWhole = payment.refundedAmount === payment.capturedAmount
    payment = { ...payment, standing: isWhole ? 'refunded' : 'paid' }
  }

  for (const deed of deeds) {
    if (deed.kind === 'take') take()
    else if (deed.kind === 'cancel') cancel()
    else if (deed.kind === 'refund') refund(deed.amount, deed.strategy, deed.refuses)
    else if (payment.state === 'awaiting') {
      setLegs((leg) => (leg.state === 'awaiting' ? captured(leg) : leg))
      pay()
    }
  }
  return { payment, postings, refunds }
}

/** The balance of each account, minor units; accounts that are even are left out. */
export function balancesOf(postings: readonly Posting[]): Map<string, bigint> {
  const balances = new Map<string, bigint>()
  const entries: Entry[] = postings.flatMap((posting) => [...posting.entries])
  for (const { account, amount } of entries) balances.set(account, (balances.get(account) ?? 0n) + amount)
  for (const [account, balance] of balances) if (balance === 0n) balances.delete(account)
  return balances
}
