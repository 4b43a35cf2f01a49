import type { Cards } from '../cards/cards'
import type { RefreshedCard } from '../cards/wallet-card'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'
import { money, sum } from '../money/money'
import type { Money } from '../money/money'
import type { Division } from './divide'
import { MOST_SHARES, divide, reckonDivision } from './divide'
import type { OptimalResult } from './optimizer/result'
import type { Preferences } from './preferences'
import { considered, planOf } from './proposal'
import type { Evaluation, Proposal } from './proposal'
import type { LeftOutCard, ReckonedCard } from './reckoned-card'
import { LARGEST_DIVISIBLE, isReckoned, reckon } from './reckoned-card'
import type { Share } from './store'
import { currencyOf, findShop, findVCard } from './store'

export interface ProposalRequest {
  readonly merchantId: Uuid
  readonly amount: Money
  /** Cards of the wallet that the shopper does not want to use this time. */
  readonly without?: readonly Uuid[]
}

export interface EvaluationRequest {
  readonly merchantId: Uuid
  readonly amount: Money
  readonly shares: readonly Share[]
}

/** How a purchase is best divided over a wallet: asks the issuers, hands the optimizer its instance, tells the result. */
export interface Proposals {
  propose(shopperId: Uuid, request: ProposalRequest): Promise<Proposal>
  evaluate(shopperId: Uuid, request: EvaluationRequest): Promise<Evaluation>
  planAgain(shopperId: Uuid, vcardId: Uuid, without: readonly Uuid[], amount: bigint): Promise<Share[] | undefined>
}

export interface ProposalParts {
  readonly database: Database
  readonly clock: Clock
  readonly cards: Cards
  readonly preferences: Preferences
}

export function createProposals({ database, clock, cards, preferences }: ProposalParts): Proposals {
  const { prisma } = database

  async function divisionOf(shopperId: Uuid, merchantId: Uuid, amount: Money): Promise<Division | undefined> {
    const [shop, weights] = await Promise.all([findShop(prisma, merchantId), preferences.weights(shopperId)])
    return shop && { shop, weights, amount, currency: amount.currency, at: clock.now() }
  }

  async function propose(shopperId: Uuid, { merchantId, amount, without = [] }: ProposalRequest): Promise<Proposal> {
    // The newest standings first: the cards are used elsewhere too (M-316).
    const wallet = await cards.refresh(shopperId)
    const division = await divisionOf(shopperId, merchantId, amount)
    if (!division) return { kind: 'refused', reason: 'unknown-merchant' }

    const { usable, leftOut } = sortOut(wallet, without, division)
    const context = { considered: usable.map(considered), leftOut }
    if (amount.amount > LARGEST_DIVISIBLE) {
      const reason = { code: 'AMOUNT_TOO_LARGE', largest: LARGEST_DIVISIBLE } as const
      return { kind: 'infeasible', amount, reason, ...context }
    }
    const { result, hasRaisedPayments } = await divide(usable, division)
    if (result.status === 'infeasible') return { kind: 'infeasible', amount, reason: result.infeasible, ...context }
    const bestSingle = await singleOf(result, usable, division)
    return {
      kind: 'proposed',
      recommendation: result.recommendation,
      ...planOf(result, usable, amount),
      hasRaisedPayments,
      ...(bestSingle && { bestSingle }),
      ...(result.advantage !== null && { advantage: result.advantage }),
      ...context,
      weights: division.weights,
    }
  }

  /** The best single card with its figures, for the comparison beside the plan. */
  async function singleOf({ bestSingle }: OptimalResult, usable: readonly ReckonedCard[], division: Division) {
    const card = usable.find(({ cardId }) => cardId === bestSingle?.cardId)
    if (!card) return undefined
    const { result } = await reckonDivision([{ card, amount: division.amount.amount }], division)
    return result.status === 'optimal' ? planOf(result, usable, division.amount).shares[0] : undefined
  }

  async function evaluate(
    shopperId: Uuid,
    { merchantId, amount, shares: given }: EvaluationRequest,
  ): Promise<Evaluation> {
    const division = await divisionOf(shopperId, merchantId, amount)
    if (!division) return { kind: 'refused', reason: 'unknown-merchant' }
    const shares = given.filter((share) => share.amount !== 0n)
    if (amount.amount > LARGEST_DIVISIBLE) return { kind: 'refused', reason: 'amount-too-large' }
    if (!sharesSumTo(shares, amount.amount)) return { kind: 'refused', reason: 'shares-do-not-sum' }
    if (shares.length > MOST_SHARES) return { kind: 'refused', reason: 'too-many-cards' }

    const { usable } = sortOut(await lastKnown(shopperId), [], division)
    const carried: { card: ReckonedCard; amount: bigint }[] = []
    for (const { cardId, amount: share } of shares) {
      const refused = (reason: Extract<Evaluation, { cardId: Uuid }>['reason']) =>
        ({ kind: 'refused', reason, cardId }) as const
      const card = usable.find((each) => each.cardId === cardId)
      if (!card) return refused('card-missing')
      if (share > card.room) return refused('over-limit')
      const { minCharge, maxCharge } = card.instance
      if (minCharge !== undefined && Number(share) < minCharge) return refused('below-least-charge')
      if (maxCharge !== undefined && Number(share) > maxCharge) return refused('above-largest-charge')
      carried.push({ card, amount: share })
    }
    const { result, hasRaisedPayments } = await reckonDivision(carried, division)
    invariant(result.status === 'optimal', 'shares that fit their cards can be reckoned')
    return { kind: 'evaluated', ...planOf(result, usable, amount), hasRaisedPayments }
  }

  /** The wallet as it was last heard of, for figures that follow a moving slider: no issuer is asked. */
  async function lastKnown(shopperId: Uuid): Promise<RefreshedCard[]> {
    return Promise.all(
      (await cards.list(shopperId)).map(async (card) => {
        const published = await cards.published(card)
        return {
          ...card,
          inquiry: { kind: card.standing ? 'answered' : 'no-answer' } as const,
          ...(published && { published }),
        }
      }),
    )
  }

  async function planAgain(
    shopperId: Uuid,
    vcardId: Uuid,
    without: readonly Uuid[],
    amount: bigint,
  ): Promise<Share[] | undefined> {
    const vcard = await findVCard(prisma, shopperId, vcardId)
    if (!vcard || vcard.state !== 'spent' || !vcard.mayRetry || amount > LARGEST_DIVISIBLE) return undefined
    // The shopper agreed to these cards and to no others of the wallet (P3.7).
    const remaining = vcard.shares.map(({ cardId }) => cardId).filter((cardId) => !without.includes(cardId))
    const division = await divisionOf(shopperId, vcard.merchantId, money(amount, currencyOf(vcard)))
    if (!division || remaining.length === 0) return undefined
    const { usable } = sortOut(await cards.refresh(shopperId, remaining), without, division)
    const { result } = await divide(usable, division)
    if (result.status === 'infeasible') return undefined
    return result.allocations.map((share) => ({ cardId: share.cardId, amount: BigInt(share.amount) }))
  }

  return { propose, evaluate, planAgain }
}

function sortOut(
  wallet: readonly RefreshedCard[],
  without: readonly Uuid[],
  division: Division,
): { usable: ReckonedCard[]; leftOut: LeftOutCard[] } {
  const reckoned = wallet.map((card) =>
    without.includes(card.id) ? ({ cardId: card.id, reason: 'without' } as const) : reckon(card, division),
  )
  return {
    usable: reckoned.filter(isReckoned),
    leftOut: reckoned.filter((card): card is LeftOutCard => !isReckoned(card)),
  }
}

/** Whether shares are positive, of different cards, and sum to the amount to the last minor unit (M-307, N5). */
export function sharesSumTo(shares: readonly Share[], amount: bigint): boolean {
  return (
    amount > 0n &&
    shares.every((share) => share.amount > 0n) &&
    new Set(shares.map(({ cardId }) => cardId)).size === shares.length &&
    sum(shares.map((share) => share.amount)) === amount
  )
}
