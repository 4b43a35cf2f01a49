import { camt054 } from '../iso20022/camt-054'
import {
  type Booking,
  checkAccount,
  checkTotals,
  ENTRY_PATHS,
  EntryReading,
  type EntryTotals,
  refuse,
  totalsAt,
} from '../iso20022/entries'
import { childrenOf, type MessageNode, nodeAt, readMessage, textAt } from '../iso20022/read-message'
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
  /** settlement: paid by somebody who owes us; whoever knows them says so. */
  readonly outcome: 'due' | 'not-a-credit' | 'not-booked' | 'settlement'
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
const PATHS = ['GrpHdr', ...['Acct', 'TxsSummry', ...ENTRY_PATHS].map((name) => `Ntfctn/${name}`)]

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

class AdviceReading {
  messageId = ''
  lines = 0
  total = 0n
  private readonly entries: EntryReading
  private summary: Partial<EntryTotals> = {}

  constructor(private readonly expected: AdviceExpected) {
    this.entries = new EntryReading(expected.currency)
  }

  piece(path: string, node: MessageNode): AdvisedCredit[] {
    switch (path) {
      case 'GrpHdr':
        this.messageId = textAt(node, 'MsgId') ?? ''
        return []
      case 'Ntfctn/Acct': {
        const ended = this.end()
        checkAccount(node, this.expected, path)
        return ended
      }
      case 'Ntfctn/TxsSummry':
        this.summary = totalsAt(node, 'TtlCdtNtries', this.expected.currency)
        return []
      default:
        return this.entries.piece(path.slice('Ntfctn/'.length), node).map((each) => this.credit(each))
    }
  }

  /** Ends the notification that is open. */
  end(): AdvisedCredit[] {
    const ended = this.entries.end().map((each) => this.credit(each))
    checkTotals('TtlCdtNtries', this.summary, this.entries.credits, 'credits')
    this.summary = {}
    this.entries.reset()
    return ended
  }

  private credit(booking: Booking): AdvisedCredit {
    const { amount, isCredit, isEntryCredit, isReversal, isBooked, bookedOn, told, batchCount } = booking
    const bankRef = booking.bankRef ?? refuse('TxDtls/Refs/AcctSvcrRef', 'missing')
    if (isCredit !== isEntryCredit) refuse('TxDtls/CdtDbtInd', 'not its entry’s')
    // A sum of many is nobody's payment: without its transactions nobody knows whose bills it is for.
    if (!told && batchCount !== undefined && batchCount !== 1n) refuse('Ntry/NtryDtls', 'no transactions')
    this.lines += 1
    const isDue = isCredit && !isReversal
    if (isDue && isBooked) this.total += amount.amount
    return {
      ...{ bankRef, amount, bookedOn },
      ...toldIn(told),
      outcome: !isDue ? 'not-a-credit' : isBooked ? 'due' : 'not-booked',
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
