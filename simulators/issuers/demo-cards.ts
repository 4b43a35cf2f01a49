/**
 * The cards that the fictional issuers have given out. Each issuer has one of every role, so that every answer of the
 * issuer link can be had from each of them. Amounts are minor units of the issuer's currency.
 */
import type { InTwoLanguages, IssuerCode } from './catalogue'
import { ISSUERS } from './catalogue'
import { withCheckDigit } from './luhn'

export const CARD_ROLES = [
  'everyday',
  'roomy',
  'small-limit',
  'expired',
  'lost',
  'stolen',
  'declines',
  'not-permitted',
  'restricted',
  'purchase-limit',
  'daily-count',
  'locked',
  'unavailable',
  'malfunction',
  'benchmark',
] as const
export type CardRole = (typeof CARD_ROLES)[number]

/** What an issuer answers for a card whatever is asked of it: the response code, or "normal" for a card in good standing. */
export type CardStanding =
  'normal' | 'lost' | 'stolen' | 'declines' | 'not-permitted' | 'restricted' | 'unavailable' | 'malfunction'

export interface DemoCard {
  readonly issuer: IssuerCode
  readonly role: CardRole
  /** 16 digits with check digit. */
  readonly number: string
  readonly holder: InTwoLanguages
  /** YYMM */
  readonly expiry: string
  readonly securityCode: string
  readonly currency: 'KRW' | 'USD'
  /** Credit limit, and what was owed before any purchase of ours. */
  readonly limit: bigint
  readonly owed: bigint
  readonly standing: CardStanding
  /** The most that one authorization may ask for; beyond it the answer is 61. */
  readonly purchaseLimit?: bigint
  /** How many authorizations a day are approved; beyond it the answer is 65. */
  readonly dailyCount?: number
  /** True when the security code was given wrongly too often: the answer is 75. */
  readonly locked?: boolean
}

/** The shopper of the demonstration carries the everyday and roomy cards of all issuers. */
const SHOPPER = { ko: '한지우', en: 'HAN JIWOO' }
const OTHERS = [
  { ko: '김하늘', en: 'KIM HANEUL' },
  { ko: '이도윤', en: 'LEE DOYUN' },
  { ko: '박서연', en: 'PARK SEOYEON' },
  { ko: '최은우', en: 'CHOI EUNWOO' },
  { ko: '정다은', en: 'JUNG DAEUN' },
]

/** Limit and owed balance of the everyday cards: little room on one, much on another, as in a real wallet. */
const EVERYDAY: Readonly<Record<IssuerCode, readonly [limit: bigint, owed: bigint]>> = {
  hanbit: [2_000_000n, 1_800_000n],
  saero: [3_000_000n, 1_200_000n],
  narae: [5_000_000n, 650_000n],
  daon: [1_500_000n, 0n],
  atlas: [500_000n, 120_000n],
}

const STANDING: Partial<Record<CardRole, CardStanding>> = {
  lost: 'lost',
  stolen: 'stolen',
  declines: 'declines',
  'not-permitted': 'not-permitted',
  restricted: 'restricted',
  unavailable: 'unavailable',
  malfunction: 'malfunction',
}

/** The largest amount that DE4 can carry: room for any benchmark. */
const BENCHMARK_LIMIT = 999_999_999_999n

function cardsOf(issuer: (typeof ISSUERS)[number]): DemoCard[] {
  const won = issuer.currency === 'KRW'
  const bin = issuer.bins[0] ?? ''
  return CARD_ROLES.map((role, at) => {
    const [everydayLimit, everydayOwed] = EVERYDAY[issuer.code]
    const limits: Partial<Record<CardRole, readonly [bigint, bigint]>> = {
      everyday: [everydayLimit, everydayOwed],
      'small-limit': won ? [50_000n, 0n] : [5_000n, 0n],
      benchmark: [BENCHMARK_LIMIT, 0n],
    }
    const [limit, owed] = limits[role] ?? (won ? [10_000_000n, 0n] : [1_000_000n, 0n])
    const mine = role === 'everyday' || role === 'roomy'
    return {
      issuer: issuer.code,
      role,
      // The digits between BIN and check digit only have to differ; these are easy to tell apart by eye.
      number: withCheckDigit(`${bin}${String(at + 1).padStart(2, '0')}${String(1_000_003 * (at + 7)).slice(-7)}`),
      holder: mine ? SHOPPER : (OTHERS[at % OTHERS.length] ?? SHOPPER),
      expiry: role === 'expired' ? '2312' : '3112',
      securityCode: String(100 + (((at + 1) * 137 + Number(bin.slice(-1)) * 211) % 900)),
      currency: issuer.currency,
      limit,
      owed,
      standing: STANDING[role] ?? 'normal',
      ...(role === 'purchase-limit' && { purchaseLimit: won ? 300_000n : 30_000n }),
      ...(role === 'daily-count' && { dailyCount: 3 }),
      ...(role === 'locked' && { locked: true }),
    }
  })
}

export const DEMO_CARDS: readonly DemoCard[] = ISSUERS.flatMap(cardsOf)

/** The card of an issuer that plays a role. */
export function demoCard(issuer: IssuerCode, role: CardRole = 'roomy'): DemoCard {
  const found = DEMO_CARDS.find((card) => card.issuer === issuer && card.role === role)
  if (!found) throw new Error(`no ${role} card at ${issuer}`)
  return found
}

/** A well-formed number that the issuer has given to nobody: the answer is 14. */
export function unissuedNumber(issuer: IssuerCode): string {
  const bin = ISSUERS.find((each) => each.code === issuer)?.bins[0] ?? ''
  return withCheckDigit(`${bin}990000001`)
}
