/** The banks of the outside world that exchange ISO 20022 files, and our account at each. */
import type { InTwoLanguages } from '../issuers/catalogue'

export interface FileBankProfile {
  /** Also the user name at its SFTP server. */
  readonly code: string
  readonly name: InTwoLanguages
  /** The gateway's collecting account and its holder. */
  readonly account: string
  readonly holder: string
  readonly bic: string
  readonly currency: 'KRW' | 'USD'
}

export const FILE_BANKS: readonly FileBankProfile[] = [
  {
    code: 'gaon',
    name: { ko: '가온은행', en: 'Gaon Bank' },
    account: '90010000000099',
    holder: 'Moa',
    bic: 'GAONKRSE',
    currency: 'KRW',
  },
]

/** Good for every bank: nothing here is worth a secret. */
export const FILE_BANK_PASSWORD = 'bankfiles'
export const TO_BANK = '/to-bank'
export const FROM_BANK = '/from-bank'
