import { camt053 } from '../iso20022/camt-053'
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
import { childrenOf, type MessageNode, moneyAt, nodeAt, readMessage, textAt } from '../iso20022/read-message'
import type { Currency } from '../money/currency'
import { type NamedSubject, returnedIn, subjectOf } from './statement'

/** One booked movement of the account, as the bank tells it. */
export interface StatementLine {
  /** The bank's own reference; empty where it gave none. */
  readonly bankRef: string
  /** The name under which we had ordered it, or somebody else had. */
  readonly endToEnd: string
  /** Minor units; negative what left the account. */
  readonly amount: bigint
  readonly bookedOn: string
  /** Who, and what they wrote, as far as it fits. */
  readonly about: string
  /** Who is on the other side, and their account; empty where the bank does not say. */
  readonly partyName: string
  readonly partyAccount: string
  readonly named: NamedSubject | undefined
}

/** A statement as a whole, once it has been read to its end. */
export interface ReadStatement {
  readonly statementId: string
  /** The bank's count of statements of this account; absent where it does not count. */
  readonly sequence?: number
  /** Minor units, both signed. */
  readonly opening: bigint
  readonly closing: bigint
  /** YYYY-MM-DD of the closing balance. */
  readonly day: string
  readonly from?: Date
  readonly until?: Date
  readonly lines: number
}

export interface StatementExpected {
  readonly account: string
  readonly currency: Currency
}

const LONGEST = 140
/** Stands between who and what in a line's words. */
export const BETWEEN = ' · '
const HIGHEST_SEQUENCE = 1_000_000_000n
const HEADS = ['Id', 'ElctrncSeqNb', 'LglSeqNb', 'FrToDt', 'Acct', 'Bal', 'TxsSummry']
const PATHS = [...HEADS, ...ENTRY_PATHS].map((name) => `Stmt/${name}`)

/**
 * Reads a statement (camt.053) as it comes, one movement in memory at a time. It has to be of our account, and to add up: what it
 * begins with and all that was booked is what it ends with. Nothing that was given may be used unless the end is reached.
 * @throws BrokenMessage
 */
export async function readStatement(
  source: AsyncIterable<Uint8Array>,
  expected: StatementExpected,
  take: (line: StatementLine) => Promise<void>,
): Promise<ReadStatement> {
  const reading = new StatementReading(expected)
  for await (const { path, node } of readMessage(source, camt053, PATHS)) {
    for (const line of reading.piece(path.slice('Stmt/'.length), node)) await take(line)
  }
  const ended = reading.end()
  for (const line of ended) await take(line)
  return reading.whole()
}

class StatementReading {
  private readonly entries: EntryReading
  private readonly heads = new Map<string, MessageNode>()
  private readonly balances = new Map<string, { amount: bigint; day: string }>()
  private lines = 0
  private moved = 0n

  constructor(private readonly expected: StatementExpected) {
    this.entries = new EntryReading(expected.currency)
  }

  piece(name: string, node: MessageNode): StatementLine[] {
    if (name === 'Bal') this.balance(node)
    else if (name.startsWith('Ntry/')) return this.linesOf(this.entries.piece(name, node))
    else {
      if (name === 'Id' && this.heads.has('Id')) refuse('Stmt', 'more than one statement')
      if (name === 'Acct') checkAccount(node, this.expected, 'Stmt/Acct')
      this.heads.set(name, node)
    }
    return []
  }

  end(): StatementLine[] {
    const ended = this.linesOf(this.entries.end())
    const { credits, debits } = this.entries
    const summary = this.heads.get('TxsSummry')
    if (summary) {
      const { currency } = this.expected
      const all = { count: credits.count + debits.count, sum: credits.sum + debits.sum }
      const checks: [string, EntryTotals, string][] = [
        ['TtlNtries', all, 'entries'],
        ['TtlCdtNtries', credits, 'credits'],
        ['TtlDbtNtries', debits, 'debits'],
      ]
      for (const [name, found, what] of checks) checkTotals(name, totalsAt(summary, name, currency), found, what)
    }
    return ended
  }

  whole(): ReadStatement {
    // A page of a statement begins and ends with interim balances (ITBD); the statement itself with booked ones.
    const opening = this.balances.get('OPBD') ?? this.balances.get('PRCD') ?? refuse('Stmt/Bal', 'no opening balance')
    const closing = this.balances.get('CLBD') ?? refuse('Stmt/Bal', 'no closing balance')
    if (opening.amount + this.moved !== closing.amount) {
      refuse('Stmt', 'balances and entries that do not add up')
    }
    const number = this.text('ElctrncSeqNb') ?? this.text('LglSeqNb')
    const period = this.heads.get('FrToDt')
    const [from, until] = period ? [textAt(period, 'FrDtTm'), textAt(period, 'ToDtTm')] : []
    if (number !== undefined && BigInt(number) > HIGHEST_SEQUENCE) refuse('Stmt/ElctrncSeqNb', 'too high')
    return {
      ...{ statementId: this.text('Id') ?? '', lines: this.lines, day: closing.day },
      ...{ opening: opening.amount, closing: closing.amount },
      ...(number === undefined ? {} : { sequence: Number(number) }),
      ...(from !== undefined && until !== undefined ? { from: new Date(from), until: new Date(until) } : {}),
    }
  }

  private text(name: string): string | undefined {
    return this.heads.get(name)?.text
  }

  private balance(node: MessageNode): void {
    const kind = textAt(node, 'Tp/CdOrPrtry/Cd') ?? ''
    const money = moneyAt(node, 'Amt')
    if (money?.currency !== this.expected.currency) refuse('Stmt/Bal/Amt', `not in ${this.expected.currency}`)
    if (this.balances.has(kind) && (kind === 'OPBD' || kind === 'CLBD')) refuse('Stmt/Bal', `${kind} twice`)
    const day = (textAt(node, 'Dt/Dt') ?? textAt(node, 'Dt/DtTm') ?? '').slice(0, 10)
    const amount = textAt(node, 'CdtDbtInd') === 'DBIT' ? -money.amount : money.amount
    this.balances.set(kind, { amount, day })
  }

  /** What is not booked yet is told too, and moves nothing. */
  private linesOf(bookings: readonly Booking[]): StatementLine[] {
    return bookings
      .filter(({ isBooked }) => isBooked)
      .map(({ amount: { amount }, isCredit, bookedOn, bankRef = '', batchId, told }) => {
        const signed = isCredit ? amount : -amount
        this.moved += signed
        this.lines += 1
        const endToEnd = (told && textAt(told, 'Refs/EndToEndId')) ?? (told ? '' : (batchId ?? ''))
        return {
          ...{
            bankRef,
            endToEnd,
            amount: signed,
            bookedOn,
            about: aboutOf(told, isCredit),
            ...partyOf(told, isCredit),
          },
          named: subjectOf(endToEnd, told === undefined) ?? (told && returnedIn(wordsOf(told), isCredit)),
        }
      })
  }
}

/** Every text in an element, wherever banks put the reference of what they send back. */
function wordsOf({ text, children }: MessageNode): string[] {
  return [text, ...children.flatMap(wordsOf)]
}

function partyOf(told: MessageNode | undefined, isCredit: boolean) {
  const at = (path: string) => (told && textAt(told, `RltdPties/${isCredit ? 'Dbtr' : 'Cdtr'}${path}`)) ?? ''
  return { partyName: at('/Pty/Nm'), partyAccount: at('Acct/Id/IBAN') || at('Acct/Id/Othr/Id') }
}

function aboutOf(told: MessageNode | undefined, isCredit: boolean): string {
  if (!told) return ''
  const { partyName: who } = partyOf(told, isCredit)
  const information = nodeAt(told, 'RmtInf')
  const free = information ? childrenOf(information, 'Ustrd').map(({ text }) => text) : []
  const structured = information
    ? childrenOf(information, 'Strd').flatMap((each) => textAt(each, 'CdtrRefInf/Ref') ?? [])
    : []
  return [who, ...structured, ...free, textAt(told, 'AddtlTxInf') ?? '']
    .filter((each) => each !== '')
    .join(BETWEEN)
    .slice(0, LONGEST)
}
