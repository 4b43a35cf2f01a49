import { isExpired } from '../cards/card-number'
import type { RefreshedCard } from '../cards/wallet-card'
import type { KnownTerms, PublishedReward, PublishedTerms } from '../gateways/issuer-terms/issuer-terms'
import type { Uuid } from '../ids'
import { publicId } from '../ids'
import type { Currency } from '../money/currency'
import type { Card, Reward } from './optimizer/instance'
import type { Shop } from './store'

/** The largest amount that is divided, and the largest balance the optimizer takes (its specification, section 6). */
export const LARGEST_DIVISIBLE = 1_000_000_000n
const LARGEST_BALANCE = 9_000_000_000n

/**
 * Where interest, fees and rewards of a card come from. `assumed`: nobody has named them, so the card is reckoned at the
 * highest rate that lenders may ask for in Korea and a twentieth of its limit a month.
 */
export type TermsSource =
  | { readonly kind: 'feed'; readonly confirmedAt: Date; readonly isSilent: boolean; readonly updatedAt: Date }
  | { readonly kind: 'declared' }
  | { readonly kind: 'assumed' }

const ASSUMED_APR = 0.2
const ASSUMED_PAYMENTS = 20n

export type LeftOutReason = 'without' | 'expired' | 'no-answer' | 'refused' | 'other-currency'

export interface LeftOutCard {
  readonly cardId: Uuid
  readonly reason: LeftOutReason
}

/** A card that can carry a part, and what the proposal says about it. */
export interface ReckonedCard {
  readonly cardId: Uuid
  /** Open to spend, less what live V-Cards have set aside. Minor units, never negative. */
  readonly room: bigint
  readonly apr: number
  readonly source: TermsSource
  /** In the order in which the optimizer is given them. */
  readonly rewards: readonly PublishedReward[]
  readonly instance: Card
}

export interface Purchase {
  readonly shop: Shop
  readonly currency: Currency
  readonly at: Date
}

/**
 * A card as the optimizer sees it. What live V-Cards have set aside counts as owed already (M-276, M-314): a V-Card that
 * ends without being used gives it back by not being counted any more (N6).
 */
export function reckon(card: RefreshedCard, { shop, currency, at }: Purchase): ReckonedCard | LeftOutCard {
  const leftOut = (reason: LeftOutReason) => ({ cardId: card.id, reason })
  if (isExpired(card.expiry, at)) return leftOut('expired')
  if (card.inquiry.kind !== 'answered') return leftOut(card.inquiry.kind)
  const { standing, setAside } = card
  if (!standing) return leftOut('no-answer')
  if (standing.currency !== currency) return leftOut('other-currency')

  const room = larger(standing.available - setAside, 0n)
  const balance = smaller(larger(standing.owed + setAside, 0n), LARGEST_BALANCE)
  const terms = termsOf(card, card.published)
  return {
    cardId: card.id,
    room,
    apr: terms.apr,
    source: terms.source,
    rewards: terms.published?.rewards ?? [],
    instance: {
      id: card.id,
      creditLimit: Number(balance + smaller(room, LARGEST_DIVISIBLE)),
      balance: Number(balance),
      apr: terms.apr,
      minPayment: Number(terms.minPayment),
      ...(terms.published && chargesOf(terms.published, shop)),
    },
  }
}

export function isReckoned(card: ReckonedCard | LeftOutCard): card is ReckonedCard {
  return 'instance' in card
}

interface ReckonedTerms {
  readonly apr: number
  readonly minPayment: bigint
  readonly source: TermsSource
  readonly published?: PublishedTerms
}

/** The feed's terms, else what the holder declared, else an assumption that flatters no card. */
function termsOf({ terms: declared, standing }: RefreshedCard, known: KnownTerms | undefined): ReckonedTerms {
  if (known) {
    const { terms, confirmedAt, isSilent } = known
    const source = { kind: 'feed', confirmedAt, isSilent, updatedAt: terms.updatedAt } as const
    return { apr: terms.apr, minPayment: terms.minPayment, source, published: terms }
  }
  const limit = larger((standing?.owed ?? 0n) + (standing?.available ?? 0n), 0n)
  const assumedPayment = smaller(limit / ASSUMED_PAYMENTS + 1n, LARGEST_BALANCE)
  const isDeclared = declared.apr !== undefined || declared.minPayment !== undefined
  return {
    apr: declared.apr === undefined ? ASSUMED_APR : Number(declared.apr),
    minPayment:
      declared.minPayment === undefined ? assumedPayment : smaller(BigInt(declared.minPayment), LARGEST_BALANCE),
    source: { kind: isDeclared ? 'declared' : 'assumed' },
  }
}

function chargesOf(terms: PublishedTerms, shop: Shop): Partial<Card> {
  const { minCharge, maxCharge, fee, rewards } = terms
  return {
    ...(minCharge !== undefined && { minCharge: Number(minCharge) }),
    ...(maxCharge !== undefined && { maxCharge: Number(maxCharge) }),
    fee: { fixed: Number(fee.fixed), bps: fee.bps },
    rewards: rewards.map((reward) => rewardAt(reward, shop)),
  }
}

/**
 * Issuers name shops in their own way; a shop is recognized by our identifier of it or by its English name in small
 * letters with hyphens ("daon-department-store"). M-264: a department store's own card.
 */
function namesOf({ id, nameEn }: Shop): readonly string[] {
  const words = nameEn.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return [id, publicId('mer', id), words.join('-')]
}

function rewardAt(reward: PublishedReward, shop: Shop): Reward {
  const { type, startsAt, endsAt, merchantIds } = reward
  const isHere = merchantIds !== undefined && namesOf(shop).some((name) => merchantIds.includes(name))
  const window = {
    type,
    ...(startsAt !== undefined && { startsAt }),
    ...(endsAt !== undefined && { endsAt }),
    ...(merchantIds !== undefined && { merchantIds: isHere ? [shop.id] : [...merchantIds] }),
  }
  if (reward.kind === 'bonus') {
    const { value, minSpend } = reward
    return {
      ...window,
      kind: 'bonus',
      value: Number(value),
      ...(minSpend !== undefined && { minSpend: Number(minSpend) }),
    }
  }
  const { valueBps, floor, cap } = reward
  return {
    ...window,
    kind: 'rate',
    valueBps,
    ...(floor !== undefined && { floor: Number(floor) }),
    ...(cap !== undefined && { cap: Number(cap) }),
  }
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
