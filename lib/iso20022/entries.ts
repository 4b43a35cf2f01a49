import type { Currency } from '../money/currency'
import type { Money } from '../money/money'
import { minorUnitsIn } from './amount'
import { type MessageNode, moneyAt, textAt } from './read-message'
import { BrokenMessage } from './rules'

/** One booking on our account: an entry of a report, or one transaction of an entry that sums up many. */
export interface Booking {
  /** The bank's own reference; absent where the bank gave none. */
  readonly bankRef: string | undefined
  readonly amount: Money
  readonly isCredit: boolean
  /** Whether its entry is a credit: a transaction may go the other way only where its reader allows it. */
  readonly isEntryCredit: boolean
  readonly isReversal: boolean
  readonly isBooked: boolean
  /** YYYY-MM-DD */
  readonly bookedOn: string
  /** Of the order that the entry sums up, by the name we gave it. */
  readonly batchId: string | undefined
  /** How many transactions the bank says the entry sums up. */
  readonly batchCount: bigint | undefined
  /** What is told of the transaction; absent where the bank booked a sum and told no more. */
  readonly told: MessageNode | undefined
}

/** Which pieces of a report have to be read for its bookings, below the report's element (Ntfctn, Stmt). */
export const ENTRY_PATHS = [
  ...['Amt', 'CdtDbtInd', 'RvslInd', 'Sts', 'BookgDt', 'ValDt', 'AcctSvcrRef'].map((name) => `Ntry/${name}`),
  ...['Btch', 'TxDtls'].map((name) => `Ntry/NtryDtls/${name}`),
]

interface Entry {
  readonly amount: Money
  isCredit: boolean
  isReversal: boolean
  isBooked: boolean
  bookedOn: string | undefined
  bankRef: string | undefined
  batchId: string | undefined
  batchCount: bigint | undefined
  count: number
  /** Of its transactions, as its own direction counts them. */
  sum: bigint
  /** Kept until a second one comes: one alone need not say the entry's amount and reference again. */
  first: MessageNode | undefined
}

/** Number and sum of booked entries of one direction. */
export interface EntryTotals {
  count: bigint
  sum: bigint
}

/**
 * Puts the bookings of a report together from its pieces, one transaction in memory at a time. The transactions of an entry have
 * to add up to it, and to be as many as it says.
 */
export class EntryReading {
  /** Of booked entries since the last reset. */
  credits: EntryTotals = { count: 0n, sum: 0n }
  debits: EntryTotals = { count: 0n, sum: 0n }
  private entry: Entry | undefined

  constructor(private readonly currency: Currency) {}

  reset(): void {
    this.credits = { count: 0n, sum: 0n }
    this.debits = { count: 0n, sum: 0n }
  }

  /**
   * @param name of the piece, from Ntry on
   * @returns the bookings that are whole now
   * @throws BrokenMessage
   */
  piece(name: string, node: MessageNode): Booking[] {
    if (name === 'Ntry/Amt') {
      const ended = this.end()
      this.begin(node)
      return ended
    }
    const { entry } = this
    if (!entry) return []
    if (name === 'Ntry/CdtDbtInd') entry.isCredit = node.text === 'CRDT'
    else if (name === 'Ntry/RvslInd') entry.isReversal = node.text === 'true' || node.text === '1'
    else if (name === 'Ntry/Sts') entry.isBooked = textAt(node, 'Cd') === 'BOOK'
    else if (name === 'Ntry/BookgDt') entry.bookedOn = dayIn(node)
    else if (name === 'Ntry/ValDt') entry.bookedOn ??= dayIn(node)
    else if (name === 'Ntry/AcctSvcrRef') entry.bankRef = node.text
    else if (name === 'Ntry/NtryDtls/Btch') {
      const count = textAt(node, 'NbOfTxs')
      entry.batchId ??= textAt(node, 'PmtInfId')
      if (count !== undefined) entry.batchCount = (entry.batchCount ?? 0n) + BigInt(count)
    } else return this.transaction(entry, node)
    return []
  }

  /** Ends the entry that is open. @throws BrokenMessage */
  end(): Booking[] {
    const { entry } = this
    this.entry = undefined
    if (!entry) return []
    if (entry.isBooked) {
      const totals = entry.isCredit ? this.credits : this.debits
      totals.count += 1n
      totals.sum += entry.amount.amount
    }
    const single = entry.count <= 1 ? [this.booking(entry, entry.first, true)] : []
    if (entry.sum !== entry.amount.amount) refuse('Ntry', 'transactions that do not add up to their entry')
    if (entry.count > 0 && entry.batchCount !== undefined && entry.batchCount !== BigInt(entry.count)) {
      refuse('Ntry/NtryDtls/Btch/NbOfTxs', 'another number of transactions')
    }
    return single
  }

  private begin(node: MessageNode): void {
    const amount = moneyAt({ ...node, children: [node] }, node.name)
    if (amount?.currency !== this.currency) refuse('Amt', `not in ${this.currency}`)
    this.entry = {
      ...{ amount, isCredit: false, isReversal: false, isBooked: false, bookedOn: undefined, bankRef: undefined },
      ...{ batchId: undefined, batchCount: undefined, count: 0, sum: 0n, first: undefined },
    }
  }

  private transaction(entry: Entry, node: MessageNode): Booking[] {
    entry.count += 1
    if (entry.count === 1) {
      entry.first = node
      return []
    }
    const { first } = entry
    entry.first = undefined
    return [...(first ? [this.booking(entry, first)] : []), this.booking(entry, node)]
  }

  /** @param isAlone the entry's own amount and reference are the transaction's */
  private booking(entry: Entry, told: MessageNode | undefined, isAlone = false): Booking {
    const said = told && moneyAt(told, 'Amt')
    if (said && said.currency !== entry.amount.currency) refuse('TxDtls/Amt', 'not in the currency of its entry')
    const amount = said ?? (isAlone ? entry.amount : refuse('TxDtls', 'no amount'))
    if (amount.amount <= 0n) refuse('TxDtls/Amt', 'nothing')
    const direction = told && textAt(told, 'CdtDbtInd')
    const isCredit = direction === undefined ? entry.isCredit : direction === 'CRDT'
    entry.sum += isCredit === entry.isCredit ? amount.amount : -amount.amount
    return {
      bankRef: (told && textAt(told, 'Refs/AcctSvcrRef')) ?? (isAlone ? entry.bankRef : undefined),
      ...{ amount, isCredit, told, isEntryCredit: entry.isCredit, isReversal: entry.isReversal },
      ...{ isBooked: entry.isBooked, bookedOn: entry.bookedOn ?? refuse('Ntry/BookgDt', 'missing') },
      ...{ batchId: entry.batchId, batchCount: entry.batchCount },
    }
  }
}

/**
 * Whether a report is about our account.
 * @throws BrokenMessage where it is about another
 */
export function checkAccount(
  node: MessageNode,
  expected: { readonly account: string; readonly currency: Currency },
  path: string,
): void {
  const id = textAt(node, 'Id/IBAN') ?? textAt(node, 'Id/Othr/Id')
  if (id !== expected.account) refuse(`${path}/Id`, 'not our account')
  const currency = textAt(node, 'Ccy')
  if (currency !== undefined && currency !== expected.currency) refuse(`${path}/Ccy`, 'not our currency')
}

/** Number and sum as a summary gives them; undefined where it gives none. @throws BrokenMessage */
export function totalsAt(node: MessageNode, name: string, currency: Currency): Partial<EntryTotals> {
  const count = textAt(node, `${name}/NbOfNtries`)
  const sum = textAt(node, `${name}/Sum`)
  return {
    ...(count === undefined ? {} : { count: BigInt(count) }),
    ...(sum === undefined
      ? {}
      : { sum: minorUnitsIn(sum, currency) ?? refuse(`TxsSummry/${name}/Sum`, 'finer than the currency') }),
  }
}

/** @throws BrokenMessage where a summary says otherwise */
export function checkTotals(name: string, said: Partial<EntryTotals>, found: EntryTotals, what: string): void {
  if (said.count !== undefined && said.count !== found.count) {
    refuse(`TxsSummry/${name}/NbOfNtries`, `another number of ${what}`)
  }
  if (said.sum !== undefined && said.sum !== found.sum) refuse(`TxsSummry/${name}/Sum`, `another sum of ${what}`)
}

function dayIn(node: MessageNode): string | undefined {
  return (textAt(node, 'Dt') ?? textAt(node, 'DtTm'))?.slice(0, 10)
}

export function refuse(path: string, fault: string): never {
  throw new BrokenMessage(path, fault)
}
