import { dayIn } from '../calendar'
import type { Vault } from '../cards/vault'
import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { BankFileLinks } from '../gateways/bank-files/bank-files'
import { type Uuid, uuidAt } from '../ids'
import type { Currency } from '../money/currency'
import {
  accountsOf,
  decideAccount,
  type Hand,
  insertAccount,
  type PayoutAccount,
  proposedAccounts,
} from './account-store'
import { readAnswers } from './answers'
import { newestFiles, type PayoutFile } from './file-store'
import { type MerchantMonth, monthsOf } from './months'
import { orderDue } from './orders'
import { payoutOrders } from './payout-orders'
import type { Payout, PayoutLine, PayoutStep } from './payout'
import {
  beginPayout,
  findPayout,
  linesOf,
  listPayouts,
  outlookOf,
  type PayoutFilter,
  type PayoutOutlook,
  stepsOf,
} from './payout-store'
import { settleDue } from './settle'
import { faultOfTerms, type SettlementTerms, type StandingTerms, type TermsFault } from './terms'
import {
  findTerms,
  listTerms,
  listWithoutTerms,
  type NamedTerms,
  saveTerms,
  type ShopWithoutTerms,
  type TermsMark,
} from './terms-store'

export interface NewAccount {
  readonly merchantId: Uuid
  readonly currency: Currency
  /** Code of the bank as our bank knows it. */
  readonly bank: string
  readonly number: string
  readonly holder: string
  readonly by: Hand
}

export type AccountFault = 'bank' | 'number' | 'holder'

/** What merchants are paid out: terms, accounts, payouts, and the files that carry them to the bank and back. */
export interface Settlement {
  /** A row per currency the merchant has agreed on terms for. */
  terms(merchantId: Uuid): Promise<StandingTerms[]>
  /** Holds from now on; what was booked before the first terms is paid out by them too. */
  agree(terms: SettlementTerms): Promise<{ kind: 'agreed' } | { kind: 'refused'; fault: TermsFault }>
  listTerms(query: { text?: string | undefined; after?: TermsMark | undefined; limit: number }): Promise<NamedTerms[]>
  /** Shops that are not paid out because nobody has agreed on terms with them. */
  listWithoutTerms(query: {
    text?: string | undefined
    before?: Uuid | undefined
    limit: number
  }): Promise<ShopWithoutTerms[]>

  accounts(merchantId: Uuid): Promise<PayoutAccount[]>
  /** Proposes where to pay out; nothing is paid there before a second person agrees. */
  proposeAccount(
    account: NewAccount,
  ): Promise<{ kind: 'proposed'; id: Uuid } | { kind: 'refused'; fault: AccountFault }>
  /** False when there is none that this person may decide: whoever proposed it may not. */
  decideAccount(merchantId: Uuid, accountId: Uuid, decision: { agreed: boolean; by: Hand }): Promise<boolean>
  /** What waits for a second person, the oldest first; those after one of them, where it is given. */
  proposedAccounts(limit: number, after?: Uuid): ReturnType<typeof proposedAccounts>

  list(merchantId: Uuid, filter: PayoutFilter): Promise<Payout[]>
  find(merchantId: Uuid, payoutId: Uuid): Promise<Payout | undefined>
  lines(payout: Payout, page: { after?: Uuid | undefined; limit: number }): Promise<PayoutLine[]>
  steps(payout: Payout): Promise<PayoutStep[]>
  outlook(merchantId: Uuid): Promise<PayoutOutlook[]>
  /** Profit and loss by month, YYYY-MM both, the latest first: from the books, added up as the balances are. */
  months(merchantId: Uuid, wish: { currency: Currency; first: string; last: string }): Promise<MerchantMonth[]>
  /** Begins a payout of everything until now, whatever the schedule; false where there is nothing. For operators. */
  payNow(merchantId: Uuid, currency: Currency): Promise<boolean>

  /** Makes the payouts that are due. True when there is more to do at once. */
  settleDue(): Promise<boolean>
  /** Brings what is due to the bank. */
  orderDue(): Promise<boolean>
  /** Reads what the bank says of our orders. */
  readAnswers(): Promise<void>
  files(limit: number, before?: Uuid): Promise<PayoutFile[]>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly settings: Pick<Settings, 'BANK_FILES' | 'SETTLEMENT_AT'>
  readonly links: BankFileLinks
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

export function createSettlement({ database, clock, vault, settings, links, report }: Parts): Settlement {
  const { pool } = database
  const files = { pool, clock, banks: settings.BANK_FILES, links, report }
  const orders = payoutOrders({ pool, vault })

  return {
    terms: (merchantId) => findTerms(pool, merchantId),
    async agree(terms) {
      const fault = faultOfTerms(terms)
      if (fault) return { kind: 'refused', fault }
      await saveTerms(pool, terms, clock.now())
      return { kind: 'agreed' }
    },
    listTerms: (query) => listTerms(pool, query),
    listWithoutTerms: (query) => listWithoutTerms(pool, query),

    accounts: (merchantId) => accountsOf(pool, merchantId),
    async proposeAccount({ number: typed, holder: typedHolder, ...account }) {
      const number = typed.replace(/[\s-]/g, '').toUpperCase()
      const holder = typedHolder.normalize('NFC').trim()
      const fault = faultOfAccount({ bank: account.bank, number, holder })
      if (fault) return { kind: 'refused', fault }
      const at = clock.now()
      const id = uuidAt(at)
      const sealed = vault.seal({ kind: 'payout-account', ownerId: account.merchantId, id }, number)
      const { by: proposedBy, ...rest } = account
      await insertAccount(pool, {
        ...{ ...rest, ...sealed, id, holder, proposedBy, proposedAt: at },
        lastFour: number.slice(-4),
      })
      return { kind: 'proposed', id }
    },
    decideAccount: (merchantId, id, { agreed, by }) =>
      decideAccount(pool, { merchantId, id }, { agreed, by, at: clock.now() }),
    proposedAccounts: (limit, after) => proposedAccounts(pool, limit, after),

    list: (merchantId, filter) => listPayouts(pool, merchantId, filter),
    find: (merchantId, payoutId) => findPayout(pool, merchantId, payoutId),
    lines: (payout, page) => linesOf(pool, payout, page),
    steps: (payout) => stepsOf(pool, payout),
    outlook: (merchantId) => outlookOf(pool, merchantId),
    months: (merchantId, wish) => monthsOf(pool, merchantId, wish),
    async payNow(merchantId, currency) {
      const at = clock.now()
      const terms = (await findTerms(pool, merchantId)).find((each) => each.currency === currency)
      if (!terms) return false
      const day = dayIn(terms.zone, at)
      // What was booked within this very millisecond is in it too.
      const until = later(at, 1)
      return beginPayout(pool, { merchantId, currency, day, until }, { id: uuidAt(at), at, bySchedule: false })
    },

    settleDue: () => settleDue({ pool, clock, setTime: settings.SETTLEMENT_AT }),
    orderDue: () => orderDue(orders, files),
    readAnswers: () => readAnswers(orders, files),
    files: (limit, before) => newestFiles(pool, limit, before),
  }
}

function faultOfAccount({
  bank,
  number,
  holder,
}: {
  bank: string
  number: string
  holder: string
}): AccountFault | undefined {
  if (!/^[A-Za-z0-9-]{1,35}$/.test(bank)) return 'bank'
  if (!/^[A-Z0-9]{6,34}$/.test(number)) return 'number'
  return holder.length < 1 || holder.length > 70 || /[\p{Cc}\p{Cf}]/u.test(holder) ? 'holder' : undefined
}
