/** The fictional customer management systems of the outside world. */
import type { InTwoLanguages } from '../issuers/catalogue'

export type TelcoCode = 'baram' | 'nuri'

export interface TelcoProfile {
  readonly code: TelcoCode
  readonly name: InTwoLanguages
  /** PSTN: telephone lines, ISDN ones included. IN: calling cards. */
  readonly kind: 'PSTN' | 'IN'
  /** First characters of its numbers. */
  readonly prefixes: readonly string[]
  /** The billing centre that puts its charges on bills. */
  readonly centre: string
}

export const TELCOS: readonly TelcoProfile[] = [
  {
    code: 'baram',
    name: { ko: '바람통신', en: 'Baram Telecom' },
    kind: 'PSTN',
    prefixes: ['+82'],
    centre: 'BARAM',
  },
  {
    code: 'nuri',
    name: { ko: '누리전화카드', en: 'Nuri Calling Card' },
    kind: 'IN',
    prefixes: ['7'],
    centre: 'NURI',
  },
]
