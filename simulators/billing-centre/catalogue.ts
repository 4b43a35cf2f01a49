/** The fictional billing centres of the outside world. */
import type { InTwoLanguages } from '../issuers/catalogue'

export interface CentreProfile {
  /** Also the user name at its SFTP server, and its name in charging files. */
  readonly code: string
  readonly name: InTwoLanguages
  /** The account from which it passes on what it has collected. */
  readonly account: string
}

export const BILLING_CENTRES: readonly CentreProfile[] = [
  { code: 'BARAM', name: { ko: '바람통신 요금센터', en: 'Baram Telecom Billing' }, account: '60010000000001' },
  { code: 'NURI', name: { ko: '누리전화 요금센터', en: 'Nuri Telephone Billing' }, account: '60010000000002' },
]

/** Good for every centre: nothing here is worth a secret. */
export const CENTRE_PASSWORD = 'billing'
export const CHARGES_FOLDER = '/charges'
export const RESULTS_FOLDER = '/results'
