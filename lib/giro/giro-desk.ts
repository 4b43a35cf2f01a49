import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import { aloneAt } from '../db/alone'
import type { Database } from '../db/database'
import type { FileLinks } from '../gateways/files/file-link'
import { readPublicId, type Uuid, uuidAt } from '../ids'
import { NO_MERCHANT } from '../messages/message'
import { billsOfPayment, findBill, findOpenBill, findReference } from './bill-store'
import {
  assignCredit,
  type CreditList,
  creditsOfBill,
  findCredit,
  listCredits,
  listUnassigned,
  noteTold,
  returnCredit,
  untoldCredits,
} from './credit-store'
import { readCreditorReference } from './creditor-reference'
import { createDemands, type Demands } from './demands'
import { newestFiles, oddLines, type OddGiroLine } from './file-store'
import type { Finding, GiroBank, GiroBill, GiroCredit, GiroFile } from './giro-bill'
import { giroMessages, outboxOf } from './giro-mail'
import { applyAdvices, readAdvices } from './read-advices'

/** Payers told in one run of the job. */
const TOLD_AT_ONCE = 200

export type Assigned =
  | { kind: 'assigned'; finding: Finding }
  | { kind: 'wrong-reference' }
  | { kind: 'unknown-reference' }
  | { kind: 'not-open' }

/** Bills, the money that comes for them, and what people do about both (M-117, M-152). */
export interface GiroDesk extends Demands {
  readonly banks: readonly GiroBank[]
  bill(merchantId: Uuid, billId: Uuid): Promise<GiroBill | undefined>
  billsOf(merchantId: Uuid, paymentId: Uuid): Promise<GiroBill[]>
  creditsOf(merchantId: Uuid, billId: Uuid): Promise<GiroCredit[]>
  credit(merchantId: Uuid, creditId: Uuid): Promise<GiroCredit | undefined>
  credits(merchantId: Uuid, wanted: { list: CreditList; before?: Uuid; limit: number }): Promise<GiroCredit[]>
  /** Credits of which nobody knows whose they are. For operators. */
  unassigned(wanted: { search?: string; before?: Uuid; limit: number }): Promise<GiroCredit[]>
  /**
   * Somebody has found out whose bill a credit is for.
   * @param typedReference the bill's reference, or the number of an unpaid payment (`pay_…`)
   */
  assign(creditId: Uuid, typedReference: string): Promise<Assigned>
  /** What is the payer's of a credit was transferred back, by this name at the bank; false when nothing is left to return. */
  returned(merchantId: Uuid, creditId: Uuid, reference: string): Promise<boolean>
  /** The same for a credit that nobody's bill was found for. */
  returnedUnassigned(creditId: Uuid, reference: string): Promise<boolean>
  files(limit: number): Promise<GiroFile[]>
  /** Lines of files that were no new credits. */
  odd(limit: number): Promise<OddGiroLine[]>
  /** Fetches credit advices, applies them, finishes what they have paid, and tells payers; true when there is more to do. */
  readCredits(): Promise<boolean>
}

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  readonly banks: readonly GiroBank[]
  readonly links: FileLinks
  readonly vault: Pick<Vault, 'seal'>
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

export function createGiroDesk({ database, clock, banks, links, vault, report }: Parts): GiroDesk {
  const { pool } = database
  const parts = { pool, clock, links, vault, report }

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

  const giveBack = (merchantId: Uuid, creditId: Uuid, reference: string) => {
    const at = clock.now()
    return returnCredit(pool, merchantId, creditId, { reference, postingId: uuidAt(at), at })
  }

  return {
    ...createDemands({ database, clock }),
    banks,
    bill: (merchantId, billId) => findBill(pool, merchantId, billId),
    billsOf: (merchantId, paymentId) => billsOfPayment(pool, merchantId, paymentId),
    creditsOf: (merchantId, billId) => creditsOfBill(pool, merchantId, billId),
    credit: (merchantId, creditId) => findCredit(pool, merchantId, creditId),
    credits: (merchantId, wanted) => listCredits(pool, merchantId, wanted),
    unassigned: (wanted) => listUnassigned(pool, wanted),

    async assign(creditId, typedReference) {
      const paymentId = readPublicId('pay', typedReference.trim())
      const reference = readCreditorReference(typedReference)
      if (reference === undefined && paymentId === undefined) return { kind: 'wrong-reference' }
      const to = paymentId ? await findOpenBill(pool, paymentId) : await findReference(pool, reference ?? '')
      if (!to) return { kind: 'unknown-reference' }
      const at = clock.now()
      const finding = await assignCredit(pool, creditId, to, { newId: uuidAt(at), postingId: uuidAt(at), at })
      return finding === undefined ? { kind: 'not-open' } : { kind: 'assigned', finding }
    },

    returned: giveBack,
    returnedUnassigned: (creditId, reference) => giveBack(NO_MERCHANT, creditId, reference),
    files: (limit) => newestFiles(pool, limit, (code) => banks.find((each) => each.code === code)?.currency ?? 'KRW'),
    odd: (limit) => oddLines(pool, limit),

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
