import { camt054 } from '../iso20022/camt-054'
import { minorUnitsIn } from '../iso20022/amount'
import { childrenOf, type MessageNode, moneyAt, nodeAt, readMessage, textAt } from '../iso20022/read-message'
import { BrokenMessage } from '../iso20022/rules'
import type { Currency } from '../money/currency'
import type { Money } from '../money/money'
import { findCreditorReference, readCreditorReference } from './creditor-reference'

/** One credit of an advice. Debits, and what is not booked yet, are told too: somebody may ask for them. */
export interface AdvisedCredit {
  /** The bank's own reference: the same credit has the same one, in whatever file it is told. */
  readonly bankRef: string
  readonly amount: Money
  /** YYYY-MM-DD */
  readonly bookedOn: string
  /** A creditor reference whose check digits are right. */
  readonly reference?: string
  /** What the payer wrote, as far as it fits. */
  readonly remittance: string
  readonly payerName: string
  /** The last four characters. */
  readonly payerAccount: string
  /** Where it came from, whole: to be sealed, and never logged. */
  readonly payer?: { readonly account: string; readonly agent?: string }
  readonly outcome: 'due' | 'not-a-credit' | 'not-booked'
}

export interface AdviceExpected {
  /** Our account at the bank. */
  readonly account: string
  readonly currency: Currency
}

/** A file as a whole, once it has been read to its end. */
export interface ReadAdvice {
  readonly messageId: string
  readonly lines: number
  /** Minor units of what is due. */
  readonly total: bigint
}

const LONGEST_REMITTANCE = 280
const ENTRY = 'Ntfctn/Ntry'
const PATHS = [
  'GrpHdr',
  ...['Acct', 'TxsSummry'].map((name) => `Ntfctn/${name}`),
  ...['Amt', 'CdtDbtInd', 'RvslInd', 'Sts', 'BookgDt', 'ValDt', 'AcctSvcrRef'].map((name) => `${ENTRY}/${name}`),
  ...['Btch', 'TxDtls'].map((name) => `${ENTRY}/NtryDtls/${name}`),
]

/**
 * Reads a credit advice (camt.054) as it comes, one transaction in memory at a time. Counts and sums have to agree, down
 * from the notification to each transaction; the account has to be ours. Nothing that was given may be used unless the end is
 * reached.
 * @throws BrokenMessage
 */
export async function readCreditAdvice(
  source: AsyncIterable<Uint8Array>,
  expected: AdviceExpected,
  take: (credit: AdvisedCredit) => Promise<void>,
): Promise<ReadAdvice> {
  const reading = new AdviceReading(expected)
  for await (const { path, node } of readMessage(source, camt054, PATHS)) {
    for (const credit of reading.piece(path, node)) await take(credit)
  }
  for (const credit of reading.end()) await take(credit)
  return { messageId: reading.messageId, lines: reading.lines, total: reading.total }
}

interface Entry {
  readonly amount: Money
  isCredit: boolean
  isReversal: boolean
  isBooked: boolean
  bookedOn: string | undefined
  bankRef: string | undefined
  batchCount: bigint | undefined
  count: number
  sum: bigint
  /** Kept until a second one comes: one alone need not say the entry's amount and reference again. */
  first: MessageNode | undefined
}

class AdviceReading {
  messageId = ''
  lines = 0
  total = 0n
  private entry: Entry | undefined
  private summary: { count: bigint | undefined; sum: bigint | undefined } | undefined
  private credits = { count: 0n, sum: 0n }

  constructor(private readonly expected: AdviceExpected) {}

  piece(path: string, node: MessageNode): AdvisedCredit[] {
    switch (path) {
      case 'GrpHdr':
        this.messageId = textAt(node, 'MsgId') ?? ''
        return []
      case 'Ntfctn/Acct': {
        const ended = this.endNotification()
        this.checkAccount(node)
        return ended
      }
      case 'Ntfctn/TxsSummry':
        this.summary = this.totalsIn(node)
        return []
      case `${ENTRY}/Amt`: {
        const ended = this.endEntry()
        this.begin(node)
        return ended
      }
      default:
        return this.ofEntry(path.slice(ENTRY.length + 1), node)
    }
  }

  end(): AdvisedCredit[] {
    return this.endNotification()
  }

  private begin(node: MessageNode): void {
    const amount = moneyAt({ ...node, children: [node] }, node.name)
    if (amount?.currency !== this.expected.currency) refuse('Amt', `not in ${this.expected.currency}`)
    this.entry = {
      ...{ amount, isCredit: false, isReversal: false, isBooked: false, bookedOn: undefined, bankRef: undefined },
      ...{ batchCount: undefined, count: 0, sum: 0n, first: undefined },
    }
  }

  private ofEntry(name: string, node: MessageNode): AdvisedCredit[] {
    const { entry } = this
    if (!entry) return []
    if (name === 'CdtDbtInd') entry.isCredit = node.text === 'CRDT'
    else if (name === 'RvslInd') entry.isReversal = node.text === 'true' || node.text === '1'
    else if (name === 'Sts') entry.isBooked = textAt(node, 'Cd') === 'BOOK'
    else if (name === 'BookgDt') entry.bookedOn = dayIn(node)
    else if (name === 'ValDt') entry.bookedOn ??= dayIn(node)
    else if (name === 'AcctSvcrRef') entry.bankRef = node.text
    else if (name === 'NtryDtls/Btch') {
      const count = textAt(node, 'NbOfTxs')
      if (count !== undefined) entry.batchCount = (entry.batchCount ?? 0n) + BigInt(count)
    } else return this.transaction(entry, node)
    return []
  }

  private transaction(entry: Entry, node: MessageNode): AdvisedCredit[] {
    entry.count += 1
    if (entry.count === 1) {
      entry.first = node
      return []
    }
    const { first } = entry
    entry.first = undefined
    return [...(first ? [this.credit(entry, first)] : []), this.credit(entry, node)]
  }

  private endEntry(): AdvisedCredit[] {
    const { entry } = this
    this.entry = undefined
    if (!entry) return []
    if (entry.isCredit && !entry.isReversal && entry.isBooked) {
      this.credits = { count: this.credits.count + 1n, sum: this.credits.sum + entry.amount.amount }
    }
    const single = entry.count <= 1 ? [this.credit(entry, entry.first, true)] : []
    if (entry.sum !== entry.amount.amount) refuse('Ntry', 'transactions that do not add up to their entry')
    if (entry.batchCount !== undefined && entry.batchCount !== BigInt(Math.max(entry.count, 1))) {
      refuse('Ntry/NtryDtls/Btch/NbOfTxs', 'another number of transactions')
    }
    return single
  }

  private endNotification(): AdvisedCredit[] {
    const ended = this.endEntry()
    const { summary, credits } = this
    this.summary = undefined
    this.credits = { count: 0n, sum: 0n }
    if (summary?.count !== undefined && summary.count !== credits.count) {
      refuse('TxsSummry/TtlCdtNtries/NbOfNtries', 'another number of credits')
    }
    if (summary?.sum !== undefined && summary.sum !== credits.sum) {
      refuse('TxsSummry/TtlCdtNtries/Sum', 'another sum of credits')
    }
    return ended
  }

  /** @param isAlone the entry's own amount and reference are the transaction's */
  private credit(entry: Entry, node: MessageNode | undefined, isAlone = false): AdvisedCredit {
    const said = node && moneyAt(node, 'Amt')
    if (said && said.currency !== entry.amount.currency) refuse('TxDtls/Amt', 'not in the currency of its entry')
    const amount = said ?? (isAlone ? entry.amount : refuse('TxDtls', 'no amount'))
    if (amount.amount <= 0n) refuse('TxDtls/Amt', 'nothing')
    const own = node && textAt(node, 'Refs/AcctSvcrRef')
    const bankRef = own ?? (isAlone ? entry.bankRef : undefined) ?? refuse('TxDtls/Refs/AcctSvcrRef', 'missing')
    const direction = node && textAt(node, 'CdtDbtInd')
    if (direction !== undefined && (direction === 'CRDT') !== entry.isCredit)
      refuse('TxDtls/CdtDbtInd', 'not its entry’s')
    const bookedOn = entry.bookedOn ?? refuse('Ntry/BookgDt', 'missing')
    entry.sum += amount.amount
    this.lines += 1
    const isDue = entry.isCredit && !entry.isReversal
    if (isDue && entry.isBooked) this.total += amount.amount
    return {
      ...{ bankRef, amount, bookedOn },
      ...toldIn(node),
      outcome: !isDue ? 'not-a-credit' : entry.isBooked ? 'due' : 'not-booked',
    }
  }

  private checkAccount(node: MessageNode): void {
    const id = textAt(node, 'Id/IBAN') ?? textAt(node, 'Id/Othr/Id')
    if (id !== this.expected.account) refuse('Ntfctn/Acct/Id', 'not our account')
    const currency = textAt(node, 'Ccy')
    if (currency !== undefined && currency !== this.expected.currency) refuse('Ntfctn/Acct/Ccy', 'not our currency')
  }

  private totalsIn(node: MessageNode) {
    const count = textAt(node, 'TtlCdtNtries/NbOfNtries')
    const sum = textAt(node, 'TtlCdtNtries/Sum')
    return {
      count: count === undefined ? undefined : BigInt(count),
      sum:
        sum === undefined
          ? undefined
          : (minorUnitsIn(sum, this.expected.currency) ??
            refuse('TxsSummry/TtlCdtNtries/Sum', 'finer than the currency')),
    }
  }
}

/** Who paid and what they wrote. */
function toldIn(node: MessageNode | undefined) {
  const information = node && nodeAt(node, 'RmtInf')
  const structured = information ? childrenOf(information, 'Strd') : []
  const references = structured.flatMap((each) => textAt(each, 'CdtrRefInf/Ref') ?? [])
  const free = [
    ...(information ? childrenOf(information, 'Ustrd').map(({ text }) => text) : []),
    ...structured.flatMap((each) => childrenOf(each, 'AddtlRmtInf').map(({ text }) => text)),
  ]
  const reference =
    references.map(readCreditorReference).find((each) => each !== undefined) ??
    findCreditorReference([...references, ...free].join(' '))
  const account = node && (textAt(node, 'RltdPties/DbtrAcct/Id/IBAN') ?? textAt(node, 'RltdPties/DbtrAcct/Id/Othr/Id'))
  const bank = node && nodeAt(node, 'RltdAgts/DbtrAgt/FinInstnId')
  const agent = bank && (textAt(bank, 'BICFI') ?? textAt(bank, 'ClrSysMmbId/MmbId'))
  return {
    ...(reference === undefined ? {} : { reference }),
    remittance: [...references, ...free].join(' ').slice(0, LONGEST_REMITTANCE),
    payerName: (node && textAt(node, 'RltdPties/Dbtr/Pty/Nm')) ?? '',
    payerAccount: account === undefined ? '' : account.slice(-4),
    ...(account === undefined ? {} : { payer: { account, ...(agent === undefined ? {} : { agent }) } }),
  }
}

function dayIn(node: MessageNode): string | undefined {
  return (textAt(node, 'Dt') ?? textAt(node, 'DtTm'))?.slice(0, 10)
}

function refuse(path: string, fault: string): never {
  throw new BrokenMessage(path, fault)
}
