import { findCreditorReference } from '../giro/creditor-reference'
import { uuidAt } from '../ids'
import type { Debtor } from '../receivables/debtor'
import { feeIn, settledBy } from '../receivables/settled-by'
import { closeOverpaid } from '../receivables/store'
import { BETWEEN } from './read-statement'
import { daysBefore, list, type StatementBank, type StatementParts } from './read-statements'
import {
  closeStatement,
  compareLine,
  type KeptStatement,
  listedLines,
  missingMovements,
  openLines,
  reachedBefore,
  readStatements,
  type Settled,
  type WaitingLine,
} from './statement-store'

/** What is on its way at one look has arrived at the next: only what is missing so often is listed. */
const TRIES = 3
const LINES_AT_ONCE = 500
/** Listed lines that are looked for again in one run. */
const LISTED_AT_ONCE = 500
/** Missing movements that are listed of one statement: whatever else is missing is likely more of the same. */
const MOST_MISSING = 1_000
/** What our books know before the bank has booked it may stand in the next statement. */
const GRACE_DAYS = 1

/**
 * Looks for every line of the statements in our books, and for what our books have and no statement tells of. Each line is one
 * transaction; whatever dies, the next run goes on from there.
 */
export async function compareStatements(bank: StatementBank, parts: StatementParts): Promise<void> {
  const { pool, clock } = parts
  await closeOverpaid(pool, 'evened', clock.now())
  for (const line of await listedLines(pool, bank.code, LISTED_AT_ONCE)) await compare(line, parts)
  for (const statement of await readStatements(pool, bank.code)) {
    let open = 0
    let after = 0
    for (;;) {
      const page = await openLines(pool, statement, after, LINES_AT_ONCE)
      for (const line of page) {
        if ((await compare(line, parts)) === 'open') open += 1
      }
      after = page.at(-1)?.line ?? after
      if (page.length < LINES_AT_ONCE) break
    }
    if (open > 0) continue
    await listMissing(bank, statement, parts)
    await closeStatement(pool, statement, clock.now())
  }
}

async function compare(waiting: WaitingLine, { pool, clock, debtors, report }: StatementParts) {
  const { bank, name, line } = waiting
  const at = clock.now()
  const state = await compareLine(pool, waiting, {
    ...{ tries: TRIES, differenceId: uuidAt(at), postingId: uuidAt(at), at },
    settled: settledIn(waiting, debtors),
  })
  if (state === 'listed') report('bank-line-listed', { bank, name, line })
  return state
}

/** Who has paid us by a line, and what they kept of it. What is taken back is taken back whole. */
function settledIn(
  { amount, currency, endToEnd, about, partyName, partyAccount }: WaitingLine,
  debtors: readonly Debtor[],
): Settled | undefined {
  const words = [endToEnd, ...about.split(BETWEEN).filter((each) => each !== partyName)]
  // As the advice has it: whoever names a bill pays that, and no money is booked twice.
  if (words.some((each) => findCreditorReference(each) !== undefined)) return undefined
  const debtor = settledBy({ partyName, partyAccount }, debtors)
  return debtor && { account: debtor.account, fee: amount > 0n ? feeIn(words, { amount, currency }) : 0n }
}

/** Lists what moved by our books in the time that the statement closes, and that neither it nor an earlier one tells of. */
async function listMissing(bank: StatementBank, { from, until }: KeptStatement, parts: StatementParts): Promise<void> {
  if (!from || !until) return
  const reached = await reachedBefore(parts.pool, bank.code, until)
  const window = { from: reached ? daysBefore(reached, GRACE_DAYS) : from, until: daysBefore(until, GRACE_DAYS) }
  for (const each of await missingMovements(parts.pool, bank.code, { ...window, limit: MOST_MISSING })) {
    const { what, movement, merchantId, paymentId, amount } = each
    await list(bank, parts, {
      ...{ kind: 'missing', reference: `${what}:${movement}`, ours: amount, detail: { what, reference: movement } },
      line: { merchantId, paymentId, reference: movement, what, amount },
    })
  }
}
