import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import { aloneAt } from '../db/alone'
import type { Database } from '../db/database'
import type { FileLinks } from '../gateways/files/file-link'
import { type Uuid, uuidAt } from '../ids'
import { billsOfPayment, findBill } from './bill-store'
import {
  type CreditQuery,
  creditsOfBill,
  findCredit,
  listCredits,
  noteTold,
  returnCredit,
  untoldCredits,
} from './credit-store'
import { createDemands, type Demands } from './demands'
import { type FileMark, newestFiles, oddLines, type OddGiroLine, type OddGiroMark } from './file-store'
import type { GiroBank, GiroBill, GiroCredit, GiroFile } from './giro-bill'
import { giroMessages, outboxOf } from './giro-mail'
import type { Debtor } from '../receivables/debtor'
import { applyAdvices, readAdvices } from './read-advices'
import { createUnassigned, type Unassigned } from './unassigned'

/** Payers told in one run of the job. */
const TOLD_AT_ONCE = 200

/** Bills, the money that comes for them, and what people do about both (M-117, M-152). */
export interface GiroDesk extends Demands, Unassigned {
  readonly banks: readonly GiroBank[]
  bill(merchantId: Uuid, billId: Uuid): Promise<GiroBill | undefined>
  billsOf(merchantId: Uuid, paymentId: Uuid): Promise<GiroBill[]>
  creditsOf(merchantId: Uuid, billId: Uuid): Promise<GiroCredit[]>
  credit(merchantId: Uuid, creditId: Uuid): Promise<GiroCredit | undefined>
  credits(merchantId: Uuid, wanted: CreditQuery): Promise<GiroCredit[]>
  /** What is the payer's of a credit was transferred back, by this name at the bank; false when nothing is left to return. */
  returned(merchantId: Uuid, creditId: Uuid, reference: string): Promise<boolean>
  files(query: { before?: FileMark | undefined; limit: number }): Promise<GiroFile[]>
  /** Lines of files that were no new credits. */
  odd(query: { after?: OddGiroMark | undefined; limit: number }): Promise<OddGiroLine[]>
  /** Fetches credit advices, applies them, finishes what they have paid, and tells payers; true when there is more to do. */
  readCredits(): Promise<boolean>
}

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  readonly banks: readonly GiroBank[]
  readonly links: FileLinks
  readonly vault: Pick<Vault, 'seal'>
  /** Whose payments are no giro credits. */
  readonly debtors: readonly Debtor[]
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

export function createGiroDesk({ database, clock, banks, links, vault, debtors, report }: Parts): GiroDesk {
  const { pool } = database
  const parts = { pool, clock, links, vault, debtors, report }

  /** The payer of a bill hears of money that is less or more than was owed; of what pays it, the receipt tells. */
  async function tell(): Promise<boolean> {
    const untold = await untoldCredits(pool, TOLD_AT_ONCE)
    for (const { merchantId, billId, id, amount, owed, finding } of untold) {
      const bill = await findBill(pool, merchantId, billId)
      if (!bill) continue
      const came = { amount: String(amount), owed: String(owed), finding }
      await noteTold(pool, merchantId, id, outboxOf(bill, giroMessages('giro-received', bill, clock.now(), { came })))
    }
    return untold.length === TOLD_AT_ONCE
  }

  return {
    ...createDemands({ database, clock }),
    ...createUnassigned({ database, clock }),
    banks,
    bill: (merchantId, billId) => findBill(pool, merchantId, billId),
    billsOf: (merchantId, paymentId) => billsOfPayment(pool, merchantId, paymentId),
    creditsOf: (merchantId, billId) => creditsOfBill(pool, merchantId, billId),
    credit: (merchantId, creditId) => findCredit(pool, merchantId, creditId),
    credits: (merchantId, wanted) => listCredits(pool, merchantId, wanted),
    returned(merchantId, creditId, reference) {
      const at = clock.now()
      return returnCredit(pool, merchantId, creditId, { reference, postingId: uuidAt(at), at })
    },
    files: (query) => newestFiles(pool, query, (code) => banks.find((each) => each.code === code)?.currency ?? 'KRW'),
    odd: (query) => oddLines(pool, query),

    async readCredits() {
      for (const bank of banks) {
        // Of two who read the same file at once one would forget what the other has just written down.
        await aloneAt(pool, 'giro-read', bank.code, () => readAdvices(bank, parts))
        await applyAdvices(bank, parts)
      }
      return tell()
    },
  }
}
