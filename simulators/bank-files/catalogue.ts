/** The banks of the outside world that exchange ISO 20022 files, and our account at each. */
import { type BankCode, BANKS } from '../bank/catalogue'
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
  /** As whom it collects direct debits for the gateway, and from which banks, by their numbers in clearing. */
  readonly debits: {
    readonly creditorId: string
    readonly memberId: string
    readonly noticeDays: number
    readonly reaches: readonly { readonly code: string; readonly name: InTwoLanguages; readonly memberId: string }[]
  }
}

const CLEARING_NUMBERS: Readonly<Record<BankCode, string>> = { gaon: '0901', marubank: '0801' }

export const FILE_BANKS: readonly FileBankProfile[] = [
  {
    code: 'gaon',
    name: { ko: '가온은행', en: 'Gaon Bank' },
    account: '90010000000099',
    holder: 'Moa',
    bic: 'GAONKRSE',
    currency: 'KRW',
    debits: {
      creditorId: 'KR97ZZZ0000000417',
      memberId: CLEARING_NUMBERS.gaon,
      // So that nobody who tries it has to wait for tomorrow.
      noticeDays: 0,
      reaches: BANKS.map(({ code, name }) => ({ code, name, memberId: CLEARING_NUMBERS[code] })),
    },
  },
]

/** Good for every bank: nothing here is worth a secret. */
export const FILE_BANK_PASSWORD = 'bankfiles'
export const TO_BANK = '/to-bank'
export const FROM_BANK = '/from-bank'
