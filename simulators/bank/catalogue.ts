/** The fictional banks of the outside world. */
import type { InTwoLanguages } from '../issuers/catalogue'

export type BankCode = 'gaon' | 'marubank'

export interface BankProfile {
  readonly code: BankCode
  readonly name: InTwoLanguages
  /** The gateway's own account at the bank: where transfers go. */
  readonly gatewayAccount: string
  /** From which the bank passes on what has come to that account. */
  readonly passesOnFrom: string
  readonly currencies: readonly string[]
  /** Says when an account is verified whether its balance is enough, if it is told the amount. */
  readonly checksBalance: boolean
}

export const BANKS: readonly BankProfile[] = [
  {
    code: 'gaon',
    name: { ko: '가온은행', en: 'Gaon Bank' },
    gatewayAccount: '90010000000001',
    passesOnFrom: '90010000000090',
    currencies: ['KRW', 'USD'],
    checksBalance: true,
  },
  {
    code: 'marubank',
    name: { ko: '마루은행', en: 'Maru Bank' },
    gatewayAccount: '80010000000001',
    passesOnFrom: '80010000000090',
    currencies: ['KRW'],
    checksBalance: false,
  },
]
