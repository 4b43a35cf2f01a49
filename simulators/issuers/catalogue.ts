/** The fictional issuers of the outside world. */

export interface InTwoLanguages {
  readonly ko: string
  readonly en: string
}

export interface IssuerProfile {
  readonly code: IssuerCode
  readonly name: InTwoLanguages
  readonly bins: readonly string[]
  /** ISO 4217, and its numeric form as it stands in DE49. */
  readonly currency: 'KRW' | 'USD'
  readonly currencyNumber: '410' | '840'
  /** The account from which it pays acquirers. */
  readonly account: string
}

export type IssuerCode = 'hanbit' | 'saero' | 'narae' | 'daon' | 'atlas'

export const ISSUERS: readonly IssuerProfile[] = [
  {
    code: 'hanbit',
    name: { ko: '한빛카드', en: 'Hanbit Card' },
    bins: ['940001'],
    currency: 'KRW',
    currencyNumber: '410',
    account: '70010000000001',
  },
  {
    code: 'saero',
    name: { ko: '새로카드', en: 'Saero Card' },
    bins: ['940002'],
    currency: 'KRW',
    currencyNumber: '410',
    account: '70010000000002',
  },
  {
    code: 'narae',
    name: { ko: '나래카드', en: 'Narae Card' },
    bins: ['940003'],
    currency: 'KRW',
    currencyNumber: '410',
    account: '70010000000003',
  },
  {
    code: 'daon',
    name: { ko: '다온카드', en: 'Daon Card' },
    bins: ['940004'],
    currency: 'KRW',
    currencyNumber: '410',
    account: '70010000000004',
  },
  {
    code: 'atlas',
    name: { ko: '아틀라스카드', en: 'Atlas Card' },
    bins: ['940005'],
    currency: 'USD',
    currencyNumber: '840',
    account: '70010000000005',
  },
]
