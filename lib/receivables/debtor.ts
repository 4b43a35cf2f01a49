import type { Settings } from '../env'
import type { PaysAs } from '../link-settings'
import { accounts } from '../ledger/accounts'

/** Somebody who takes money for us and pays it to our bank: an issuer, a billing centre, a bank of transfers. */
export interface Debtor {
  readonly link: 'issuer' | 'centre' | 'bank'
  readonly system: string
  /** In our books: what they owe us. */
  readonly account: string
  readonly name: { readonly ko: string; readonly en: string }
  /** How their payments are known; without it nobody's are. */
  readonly paysAs: PaysAs | undefined
}

export type DebtorSettings = Pick<Settings, 'ISSUERS' | 'BILLING_CENTRES' | 'BANKS'>

export function debtorsOf({ ISSUERS, BILLING_CENTRES, BANKS }: DebtorSettings): readonly Debtor[] {
  const known = ({ code, name, paysAs }: Pick<Settings['BANKS'][number], 'code' | 'name' | 'paysAs'>) => {
    return { system: code, name, paysAs }
  }
  return [
    ...ISSUERS.map((each) => ({ ...known(each), link: 'issuer' as const, account: accounts.receivable(each.code) })),
    ...BILLING_CENTRES.map((each) => ({
      ...{ ...known(each), link: 'centre' as const },
      account: accounts.collected(each.code),
    })),
    ...BANKS.map((each) => ({
      ...{ ...known(each), link: 'bank' as const },
      account: accounts.receivable(`bank:${each.code}`),
    })),
  ]
}
