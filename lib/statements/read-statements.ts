import type pg from 'pg'
import { type Clock, DAY_MS, later } from '../clock'
import type { FileLinks, RemoteFile } from '../gateways/files/file-link'
import { type Uuid, uuidAt } from '../ids'
import { BrokenMessage } from '../iso20022/rules'
import type { Debtor } from '../receivables/debtor'
import type { Currency } from '../money/currency'
import { closeFound, insertDifference, type NewDifference, openBroken } from '../reconciliation/store'
import { type ReadStatement, readStatement, type StatementLine } from './read-statement'
import {
  addLines,
  beginReading,
  endReading,
  findStatement,
  neighboursOf,
  type Place,
  toldBefore,
} from './statement-store'

/** A bank that tells of our account there. */
export interface StatementBank {
  readonly code: string
  readonly account: string
  readonly currency: Currency
}

export interface StatementParts {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly links: FileLinks
  /** Whose payments to us are looked for. */
  readonly debtors: readonly Debtor[]
  /** By whose midnight a statement without hours begins and ends. */
  readonly zone: string
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** Other files of the bank lie in the same folder. */
const STATEMENT = /[.]camt053([.]xml)?$|^camt[.]?053.*[.]xml$/i
// Enough that a call to the database is worth its way.
const LINES_AT_ONCE = 500
/** More than a quarter of daily statements missing at once is another account's count, not a gap. */
const WIDEST_GAP = 100

/**
 * Reads the statements that are new at a bank, each once. One counts only when it has been read to its end and adds up; a broken
 * one is listed, and read anew when the bank has replaced it.
 */
export async function readStatements(bank: StatementBank, parts: StatementParts): Promise<void> {
  const found = await parts.links.within(bank.code, (session) => session.results())
  if (found.kind === 'no-answer') return
  const files = found.value.filter(({ name }) => STATEMENT.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const file of files) {
    const known = await findStatement(parts.pool, { bank: bank.code, name: file.name })
    if (known && known.state !== 'reading' && (known.state !== 'broken' || known.stamp === file.stamp)) continue
    const heard = await parts.links.within(bank.code, ({ stream }) => readOne(bank, file, stream(file.name), parts))
    if (heard.kind === 'no-answer') return
  }
}

async function readOne(
  bank: StatementBank,
  { name, stamp }: RemoteFile,
  content: AsyncIterable<Uint8Array>,
  parts: StatementParts,
): Promise<void> {
  const { pool, clock, zone, report } = parts
  const place = { bank: bank.code, name }
  await beginReading(pool, { ...place, stamp, currency: bank.currency, at: clock.now() })
  let kept = 0
  let waiting: StatementLine[] = []
  const keep = async () => {
    await addLines(pool, { ...place, currency: bank.currency }, kept + 1, waiting)
    kept += waiting.length
    waiting = []
  }
  try {
    const read = await readStatement(content, bank, async (line) => {
      if (waiting.push(line) === LINES_AT_ONCE) await keep()
    })
    await keep()
    const before = await toldBefore(pool, place, read)
    if (before?.statementId === read.statementId) {
      await endReading(pool, place, { state: 'repeated', reason: before.name })
      return
    }
    if (before) throw new BrokenMessage('Stmt/ElctrncSeqNb', `the number of ${before.name}`)
    await follows(bank, place, read, parts)
    await endReading(pool, place, { state: 'read', read, zone })
    await closeBroken(bank, name, undefined, parts)
    report('bank-statement-read', { ...place, lines: read.lines })
  } catch (error) {
    if (!(error instanceof BrokenMessage)) throw error
    // Each file that is broken is listed, also where it comes in place of one that was: by its name and its stamp. Listed before it
    // is put aside, so that whoever dies in between leaves it to be read again.
    const reference = `${name}#${stamp}`
    await list(bank, parts, { kind: 'broken', reference, detail: { file: name, fault: error.message } })
    await closeBroken(bank, name, reference, parts)
    await endReading(pool, place, { state: 'broken', reason: error.message })
    report('bank-statement-broken', { ...place, reason: error.message })
  }
}

/** Files that have been replaced are no difference any more; the one that is there now may be. */
async function closeBroken(
  { code: bank }: StatementBank,
  file: string,
  except: string | undefined,
  { pool, clock }: StatementParts,
): Promise<void> {
  for (const reference of await openBroken(pool, { bank, file })) {
    if (reference === except) continue
    await closeFound(pool, { bank, reference, kind: 'broken', words: file, at: clock.now() })
  }
}

/** Whether a statement goes on where the one before it ended; what is in between is missing, and listed by its number. */
async function follows(
  bank: StatementBank,
  { name }: Place,
  read: ReadStatement,
  parts: StatementParts,
): Promise<void> {
  const { pool, clock } = parts
  const { sequence, opening, closing } = read
  if (sequence === undefined) return
  const { before, after } = await neighboursOf(pool, bank.code, sequence)
  const first = before?.sequence === null || before === undefined ? sequence : before.sequence + 1
  if (sequence - first > WIDEST_GAP) throw new BrokenMessage('Stmt/ElctrncSeqNb', `${sequence} after ${first - 1}`)
  for (let missing = first; missing < sequence; missing++) {
    await list(bank, parts, {
      kind: 'gap',
      reference: `#${missing}`,
      detail: { statement: String(missing), file: name },
    })
  }
  await closeFound(pool, { bank: bank.code, reference: `#${sequence}`, kind: 'gap', words: name, at: clock.now() })
  const joints = [
    { from: before, ours: before?.closing, theirs: opening, to: name, isNext: before?.sequence === sequence - 1 },
    {
      from: { name },
      ours: closing,
      theirs: after?.opening,
      to: after?.name,
      isNext: after?.sequence === sequence + 1,
    },
  ]
  for (const { from, ours, theirs, to, isNext } of joints) {
    if (!isNext || ours === undefined || theirs === undefined || ours === theirs || to === undefined) continue
    await list(bank, parts, { kind: 'balance', reference: to, ours, theirs, detail: { file: to, before: from!.name } })
  }
}

type Listed = Pick<NewDifference, 'kind' | 'reference' | 'detail'> &
  Partial<Pick<NewDifference, 'ours' | 'theirs' | 'line'>>

/** Lists a difference with a bank, once. */
export async function list(
  { code, currency }: StatementBank,
  { pool, clock, report }: Pick<StatementParts, 'pool' | 'clock' | 'report'>,
  { ours = 0n, theirs = 0n, ...listed }: Listed,
): Promise<void> {
  const at = clock.now()
  const id: Uuid = uuidAt(at)
  const isNew = await insertDifference(pool, { ...listed, id, link: 'bank', system: code, currency, ours, theirs, at })
  if (isNew) report('bank-difference', { bank: code, difference: id, kind: listed.kind })
}

/** A moment with so many days before it. */
export const daysBefore = (at: Date, days: number): Date => later(at, -days * DAY_MS)
