import type pg from 'pg'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { FileLinks, RemoteFile } from '../gateways/files/file-link'
import { uuidAt } from '../ids'
import { BrokenMessage } from '../iso20022/rules'
import type { Debtor } from '../receivables/debtor'
import { settledBy } from '../receivables/settled-by'
import { type AdvisedCredit, readCreditAdvice } from './credit-advice'
import { applyLines } from './credit-store'
import { addLines, beginReading, closeFile, endReading, filesToApply, findFile, keepPayerAccounts } from './file-store'
import type { GiroBank } from './giro-bill'
import { payerAccountBinding, type SealedPayerAccount } from './payer-account'

// Enough that a call to the database is worth its way, few enough that a bill is not locked for long.
const LINES_AT_ONCE = 200
/** Other files of the bank lie in the same folder. */
const ADVICE = /[.]camt054([.]xml)?$|^camt[.]?054.*[.]xml$/i

export interface AdviceParts {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly links: FileLinks
  /** Whose payments are no giro credits: what they owe us comes in too, and the statement books it. */
  readonly debtors: readonly Debtor[]
  /** What payers' accounts are sealed with. */
  readonly vault: Pick<Vault, 'seal'>
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/**
 * Reads the credit advices that are new at a bank. A file counts only once it has been read to its end and everything in
 * it agrees; a broken one is refused whole, reported, and read anew when the bank has replaced it.
 */
export async function readAdvices(bank: GiroBank, parts: AdviceParts): Promise<void> {
  const found = await parts.links.within(bank.code, (session) => session.results())
  if (found.kind === 'no-answer') return
  for (const file of found.value.filter(({ name }) => ADVICE.test(name))) {
    const known = await findFile(parts.pool, { bank: bank.code, name: file.name })
    if (known && known.state !== 'reading' && (known.state !== 'broken' || known.stamp === file.stamp)) continue
    const heard = await parts.links.within(bank.code, ({ stream }) => readOne(bank, file, stream(file.name), parts))
    if (heard.kind === 'no-answer') return
  }
}

async function readOne(
  bank: GiroBank,
  { name, stamp }: RemoteFile,
  content: AsyncIterable<Uint8Array>,
  { pool, clock, vault, debtors, report }: AdviceParts,
): Promise<void> {
  const place = { bank: bank.code, name }
  await beginReading(pool, place, stamp, clock.now())
  let kept = 0
  let waiting: AdvisedCredit[] = []
  const keep = async () => {
    await addLines(pool, place, kept + 1, waiting)
    await keepPayerAccounts(pool, bank.code, sealedAccounts(waiting, clock.now(), vault))
    kept += waiting.length
    waiting = []
  }
  try {
    const whole = await readCreditAdvice(content, bank, async (credit) => {
      const isSettlement = credit.outcome === 'due' && isPaidBy(debtors, credit)
      if (waiting.push(isSettlement ? { ...credit, outcome: 'settlement' } : credit) === LINES_AT_ONCE) await keep()
    })
    await keep()
    const state = await endReading(pool, place, whole)
    report(`giro-file-${state}`, { ...place, lines: whole.lines })
  } catch (error) {
    if (!(error instanceof BrokenMessage)) throw error
    await endReading(pool, place, { broken: error.message })
    report('giro-file-broken', { ...place, reason: error.message })
  }
}

/** Whether a debtor has paid what they owe; whoever names a bill of ours pays that. */
function isPaidBy(debtors: readonly Debtor[], { reference, payerName, payer }: AdvisedCredit): boolean {
  if (reference !== undefined) return false
  return settledBy({ partyName: payerName, partyAccount: payer?.account ?? '' }, debtors) !== undefined
}

/** The accounts that credits came from, as they may be kept. */
function sealedAccounts(
  credits: readonly AdvisedCredit[],
  at: Date,
  vault: Pick<Vault, 'seal'>,
): readonly SealedPayerAccount[] {
  return credits.flatMap(({ bankRef, payer, outcome }) => {
    if (payer === undefined || outcome !== 'due') return []
    const id = uuidAt(at)
    return { bankRef, id, agent: payer.agent ?? null, ...vault.seal(payerAccountBinding(id), payer.account) }
  })
}

/** Applies what has been read, line by line, each once. */
export async function applyAdvices({ code: bank }: GiroBank, { pool, clock, report }: AdviceParts): Promise<void> {
  for (const file of await filesToApply(pool, bank)) {
    let looked: number | null = 0
    while (looked !== null) {
      const at = clock.now()
      // In the order of the lines, so that lists show credits as the bank told them.
      const ids = Array.from({ length: LINES_AT_ONCE }, () => uuidAt(at)).sort()
      looked = await applyLines(pool, file, looked, ids, at)
    }
    if (await closeFile(pool, file, clock.now()))
      report('giro-file-applied', { bank, name: file.name, lines: file.lines })
  }
}
