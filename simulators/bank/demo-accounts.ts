/** The accounts that the fictional banks keep: one for every answer of the bank link. */
import type { BankCode } from './catalogue'

export type AccountRole = 'everyday' | 'roomy' | 'poor' | 'suspended' | 'locked' | 'dollars'

export interface DemoAccount {
  readonly bank: BankCode
  readonly role: AccountRole
  readonly number: string
  readonly holder: string
  readonly password: string
  readonly currency: 'KRW' | 'USD'
  /** Minor units. */
  readonly balance: bigint
  readonly standing: 'active' | 'suspended'
  readonly locked?: boolean
}

/** The shopper of the demonstration. */
const HOLDER = '한지우'

const roles: readonly Omit<DemoAccount, 'bank' | 'number'>[] = [
  { role: 'everyday', holder: HOLDER, password: '3702', currency: 'KRW', balance: 2_450_000n, standing: 'active' },
  { role: 'roomy', holder: HOLDER, password: '8150', currency: 'KRW', balance: 900_000_000n, standing: 'active' },
  { role: 'poor', holder: HOLDER, password: '5528', currency: 'KRW', balance: 4_300n, standing: 'active' },
  { role: 'suspended', holder: '최은우', password: '6641', currency: 'KRW', balance: 780_000n, standing: 'suspended' },
  {
    ...{ role: 'locked', holder: '정다은', password: '7193', currency: 'KRW', balance: 310_000n },
    ...{ standing: 'active', locked: true },
  },
  { role: 'dollars', holder: HOLDER, password: '2096', currency: 'USD', balance: 500_000n, standing: 'active' },
]

const PREFIXES: Readonly<Record<BankCode, string>> = { gaon: '9002000000', marubank: '8002000000' }

export const DEMO_ACCOUNTS: readonly DemoAccount[] = (['gaon', 'marubank'] as const).flatMap((bank) =>
  roles.map((each, index) => ({ ...each, bank, number: `${PREFIXES[bank]}${1001 + index}` })),
)

/** The account that plays a role at a bank. */
export function demoAccount(role: AccountRole = 'everyday', bank: BankCode = 'gaon'): DemoAccount {
  const found = DEMO_ACCOUNTS.find((each) => each.role === role && each.bank === bank)
  if (!found) throw new Error(`no ${role} account at ${bank}`)
  return found
}
