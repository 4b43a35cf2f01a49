/** The products of the issuers and their published terms (issuer terms feed profile). */
import type { InTwoLanguages, IssuerCode } from './catalogue'

/** One rule by which a card rewards spending, as the feed publishes it: amounts in minor units as text. */
export interface PublishedReward {
  readonly id: string
  readonly type: 'miles' | 'cashback' | 'points' | 'discount'
  readonly kind: 'rate' | 'bonus'
  readonly valueBps?: number
  readonly value?: string
  readonly floor?: string
  readonly cap?: string
  readonly minSpend?: string
  readonly startsAt?: string
  readonly endsAt?: string
  readonly merchantIds?: readonly string[]
  readonly label?: InTwoLanguages
}

export interface PublishedTerms {
  readonly issuer: IssuerCode
  readonly product: string
  readonly bin: string
  readonly currency: 'KRW' | 'USD'
  readonly updatedAt: string
  readonly apr: string
  readonly minPayment: string
  readonly fee: { readonly fixed: string; readonly bps: number }
  readonly annualFee: string
  readonly minCharge: string
  readonly maxCharge: string
  readonly rewards: readonly PublishedReward[]
}

/** Where the department-store card rewards its holders: in the store, and at the shops that have a floor in it. */
export const DEPARTMENT_STORE = ['daon-department-store', 'moonbowl']

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const SEOUL_OFFSET_MS = 9 * 3_600_000

/** Midnight in Seoul, written with its offset. */
function midnight(year: number, monthIndex: number, day = 1): string {
  return `${new Date(Date.UTC(year, monthIndex, day)).toISOString().slice(0, 10)}T00:00:00+09:00`
}

/** Published terms by BIN, as they stand on a day: the promotion is always that of the running month in Seoul. */
export function termsOn(at: Date): ReadonlyMap<string, PublishedTerms> {
  const seoul = new Date(at.getTime() + SEOUL_OFFSET_MS)
  const year = seoul.getUTCFullYear()
  const month = seoul.getUTCMonth()
  const updatedAt = new Date(Date.UTC(year, month, seoul.getUTCDate()) - SEOUL_OFFSET_MS).toISOString()
  const terms: PublishedTerms[] = [
    {
      issuer: 'hanbit',
      product: 'Hanbit Sky',
      bin: '940001',
      currency: 'KRW',
      updatedAt,
      apr: '0.1590',
      minPayment: '50000',
      fee: { fixed: '0', bps: 0 },
      annualFee: '30000',
      minCharge: '100',
      maxCharge: '20000000',
      rewards: [
        { id: 'sky-base', type: 'miles', kind: 'rate', valueBps: 120, cap: '1000000' },
        {
          id: `sky-${year}-${String(month + 1).padStart(2, '0')}`,
          type: 'miles',
          kind: 'rate',
          valueBps: 120,
          startsAt: midnight(year, month),
          endsAt: midnight(year, month + 1),
          label: { ko: `${month + 1}월 더블 마일`, en: `Double miles in ${MONTHS[month]}` },
        },
      ],
    },
    {
      issuer: 'saero',
      product: 'Saero Low',
      bin: '940002',
      currency: 'KRW',
      updatedAt,
      apr: '0.0590',
      minPayment: '30000',
      fee: { fixed: '0', bps: 0 },
      annualFee: '10000',
      minCharge: '100',
      maxCharge: '10000000',
      rewards: [],
    },
    {
      issuer: 'narae',
      product: 'Narae Cash Back',
      bin: '940003',
      currency: 'KRW',
      updatedAt,
      apr: '0.1490',
      minPayment: '40000',
      fee: { fixed: '0', bps: 0 },
      annualFee: '15000',
      minCharge: '100',
      maxCharge: '10000000',
      rewards: [
        { id: 'cash-base', type: 'cashback', kind: 'rate', valueBps: 100, floor: '10000', cap: '500000' },
        {
          id: 'cash-big',
          type: 'cashback',
          kind: 'bonus',
          value: '5000',
          minSpend: '300000',
          label: { ko: '30만원 이상 결제 시 5천원', en: '₩5,000 back from ₩300,000' },
        },
      ],
    },
    {
      issuer: 'daon',
      product: 'Daon Department Store',
      bin: '940004',
      currency: 'KRW',
      updatedAt,
      apr: '0.1790',
      minPayment: '30000',
      fee: { fixed: '300', bps: 0 },
      annualFee: '0',
      minCharge: '1000',
      maxCharge: '5000000',
      rewards: [
        { id: 'daon-points', type: 'points', kind: 'rate', valueBps: 50 },
        {
          id: 'daon-store',
          type: 'discount',
          kind: 'rate',
          valueBps: 500,
          cap: '400000',
          merchantIds: DEPARTMENT_STORE,
          label: { ko: '다온백화점과 입점 상점 5% 할인', en: '5 % off in and with Daon Department Store' },
        },
      ],
    },
    {
      issuer: 'atlas',
      product: 'Atlas Flat',
      bin: '940005',
      currency: 'USD',
      updatedAt,
      apr: '0.1990',
      minPayment: '2500',
      fee: { fixed: '0', bps: 0 },
      annualFee: '0',
      minCharge: '50',
      maxCharge: '1000000',
      rewards: [{ id: 'flat', type: 'cashback', kind: 'rate', valueBps: 150 }],
    },
  ]
  return new Map(terms.map((each) => [each.bin, each]))
}
