import { dayIn } from '../calendar'
import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import type { BankFileLinks } from '../gateways/bank-files/bank-files'
import type { RemoteFile } from '../gateways/files/file-link'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import { minorUnitsIn } from '../iso20022/amount'
import { pain008 } from '../iso20022/pain-008'
import { BrokenMessage } from '../iso20022/rules'
import { composeDebitMail, composeReturned } from '../messages/compose-debit'
import type { Payment } from '../payments/payment'
import { bigintAsText } from '../payments/store'
import { findBatch, moveBatch } from './batch-store'
import { type Debit, type DebitBatch, mandateReference, readEndToEndId, readMessageId } from './debit'
import { paymentInformationIdOf } from './debit'
import { linesOfBatch } from './debit-store'
import type { CollectingBank, Mandates } from './mandates'
import { readStatusReport, type StatusReport } from './read-report'
import { mayBeTriedAgain } from './reasons'
import { answerDebit, type DebitOutcome, nextRun, noteReport, type ReportFault, reportsRead } from './report-store'

const REPORT_NAME = /^DD[0-9a-f]{32}\.[0-9]{1,6}\.pain002\.xml$/
const LARGEST_REPORT = 64 * 1024 * 1024
/** Of one file: whatever else is wrong with it is likely more of the same. */
const MOST_FAULTS = 1_000
const REPORTS_AT_ONCE = 100

const COLLECTED = ['ACSC', 'ACCC']
/** Checked, and nothing is known of the money yet. */
const UNDER_WAY = ['RCVD', 'ACTC', 'ACCP', 'ACSP', 'ACWC', 'PDNG', 'PART']

/** Reads what banks say of batches, each file once, and applies it. */
export interface DebitReports {
  readDue(): Promise<void>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly links: BankFileLinks
  readonly mandates: Pick<Mandates, 'collecting' | 'find'>
  readonly settings: {
    readonly BANK_FILES: readonly { readonly code: string; readonly currency: string }[]
    readonly TIME_ZONE: string
  }
  findPayment(merchantId: Uuid, paymentId: Uuid): Promise<Payment | undefined>
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

interface BatchLine {
  readonly debit: Debit
  readonly tries: number
  readonly amount: bigint
}

export function createDebitReports(parts: Parts): DebitReports {
  const { database, clock, links, mandates, settings, findPayment, report } = parts
  const { pool } = database

  async function readFilesOf(bank: CollectingBank): Promise<void> {
    const heard = await links.within(bank.code, async (session) => {
      const files = (await session.results()).filter(({ name }) => REPORT_NAME.test(name)).sort(byNumber)
      const read = await reportsRead(pool, bank.code, files)
      for (const file of files.filter(({ name }) => !read.has(name)).slice(0, REPORTS_AT_ONCE)) {
        await readFile(bank, file, () => session.stream(file.name))
      }
    })
    if (heard.kind === 'no-answer') report('bank-files-away', { bank: bank.code, why: heard.why })
  }

  async function readFile(
    bank: CollectingBank,
    { name, stamp, size }: RemoteFile,
    open: () => AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const note = (
      state: 'applied' | 'refused',
      faults: readonly ReportFault[],
      batch?: DebitBatch,
      lines = 0,
    ): Promise<void> => {
      if (faults.length > 0) report('debit-report-faults', { name, state, faults: faults.length })
      const shown = faults.slice(0, MOST_FAULTS)
      return noteReport(pool, {
        ...{ houseBank: bank.code, name, stamp, state, lines, faults: shown, at: clock.now() },
        ...(batch ? { batch: { merchantId: batch.merchantId, id: batch.id } } : {}),
      })
    }
    if (size > LARGEST_REPORT) return note('refused', [{ fault: `longer than ${LARGEST_REPORT} bytes` }])
    const [messageId = ''] = name.split('.')
    const batchId = readMessageId(messageId)
    const batch = batchId === undefined ? undefined : await findBatch(pool, batchId)
    if (batch?.houseBank !== bank.code) return note('refused', [{ fault: `no such file: ${messageId}` }])
    let said: StatusReport
    try {
      said = await readStatusReport(open(), batch.debits)
    } catch (error) {
      if (!(error instanceof BrokenMessage)) throw error
      return note('refused', [{ fault: error.message }], batch)
    }
    if (said.of.messageId !== messageId) return note('refused', [{ fault: `about ${said.of.messageId}` }], batch)
    const lines = await allLines(batch)
    const fault = faultOf(said, batch, lines)
    if (fault !== undefined) return note('refused', [{ fault }], batch)
    const applied = await apply(said, batch, lines)
    // A return of money whose payment is not written down as paid yet: the whole report is read again, to the same effect.
    if (applied === 'later') return undefined
    return note('applied', applied.faults, batch, applied.lines)
  }

  async function allLines({ merchantId, id, debits }: DebitBatch): Promise<ReadonlyMap<Uuid, BatchLine>> {
    const found = await linesOfBatch(pool, merchantId, id, { after: 0, limit: debits })
    return new Map(found.map((line) => [line.debit.id, line]))
  }

  async function apply(
    said: StatusReport,
    batch: DebitBatch,
    lines: ReadonlyMap<Uuid, BatchLine>,
  ): Promise<{ faults: ReportFault[]; lines: number } | 'later'> {
    const isWhole = said.lines.length === 0
    const verdicts = isWhole
      ? [...lines.values()].map((line) => ({ line, reference: '', status: said.status, reason: said.reason }))
      : said.lines.map((each) => ({ ...each, line: lineOf(each.reference, lines) }))
    const faults: ReportFault[] = []
    for (const { line, reference, status = said.status, reason } of verdicts) {
      if (!line) {
        faults.push({ reference, fault: 'no such debit in the file' })
        continue
      }
      const collected = status !== undefined && COLLECTED.includes(status)
      if (!collected && status !== 'RJCT') {
        // What we have never heard of is no answer.
        if (status === undefined || !UNDER_WAY.includes(status))
          faults.push({ reference, fault: `status ${status ?? 'missing'}` })
        continue
      }
      const outcome = await answer(batch, line, { collected, reason, isWhole })
      if (outcome === 'later') return 'later'
      if (outcome === 'contrary') faults.push({ reference, fault: `${line.debit.state}, and now ${status}` })
    }
    const isRejected = isWhole && said.status === 'RJCT'
    const state = isRejected ? 'rejected' : 'answered'
    await moveBatch(
      pool,
      batch,
      ['written', 'sent'],
      { state, ...(isRejected && said.reason ? { reason: said.reason } : {}) },
      clock.now(),
    )
    return { faults, lines: verdicts.length }
  }

  async function answer(
    batch: DebitBatch,
    { debit, tries }: BatchLine,
    { collected, reason, isWhole }: { collected: boolean; reason: string | undefined; isWhole: boolean },
  ): Promise<DebitOutcome> {
    const at = clock.now()
    const { merchantId } = batch
    const why = collected ? undefined : (reason ?? 'MS03')
    const notice = mandates.collecting(debit.amount.currency)?.debits.noticeDays ?? 1
    const againAt =
      why !== undefined && mayBeTriedAgain(why, tries, isWhole)
        ? await nextRun(pool, merchantId, settings.TIME_ZONE, later(at, notice * DAY_MS))
        : undefined
    const [payment, mandate] = collected
      ? []
      : await Promise.all([findPayment(merchantId, debit.paymentId), mandates.find(merchantId, debit.mandateId)])
    return answerDebit(
      database,
      {
        ...{ merchantId, batchId: batch.id, debitId: debit.id, tries, collected, reason: why, againAt },
        ...{ postingId: uuidAt(at), at },
      },
      (outcome) => {
        if (outcome !== 'again' && outcome !== 'refused' && outcome !== 'returned') return undefined
        invariant(payment && mandate, 'a debit has its payment and its mandate')
        const { amount } = debit.amount
        const mails = composeDebitMail(payment, {
          topic: outcome === 'again' ? 'debit-again' : outcome === 'refused' ? 'debit-refused' : 'debit-returned',
          ...{ amount, mandate: mandateReference(mandate.id), account: mandate.lastFour, at },
          ...(outcome === 'again' && againAt ? { collectOn: dayIn(settings.TIME_ZONE, againAt) } : {}),
        })
        const told = outcome === 'returned' ? [composeReturned(payment, { amount, reason: why ?? 'MS03' }, at)] : []
        const messages = [...told, ...mails]
        return JSON.stringify([{ merchantId, paymentId: debit.paymentId, messages }], bigintAsText)
      },
    )
  }

  return {
    async readDue() {
      for (const { code, currency } of settings.BANK_FILES) {
        const bank = mandates.collecting(currency)
        if (bank?.code === code) await readFilesOf(bank)
      }
    },
  }
}

/** What is wrong with a report as a whole, beside its form: then nothing of it is used. */
function faultOf(
  { of, status, informations, byStatus, lines: said }: StatusReport,
  batch: DebitBatch,
  lines: ReadonlyMap<Uuid, BatchLine>,
): string | undefined {
  const { currency } = batch.total
  if (of.messageName !== pain008.id) return `about ${of.messageName}`
  if (of.count !== undefined && of.count !== batch.debits) return `${of.count} debits instead of ${batch.debits}`
  if (of.sum !== undefined && minorUnitsIn(of.sum, currency) !== batch.total.amount) return `the sum ${of.sum}`
  const stranger = informations.find((id) => id !== paymentInformationIdOf(batch.id))
  if (stranger !== undefined) return `no such payment information: ${stranger}`
  if (said.length === 0 && status === undefined) return 'no status at all'
  if (new Set(said.map(({ reference }) => reference)).size < said.length) return 'a debit twice'
  for (const { status: counts, count, sum } of byStatus) {
    const counted = said.filter((line) => (line.status ?? status) === counts)
    if (counted.length !== count) return `${count} debits ${counts}, and there are ${counted.length}`
    const amounts = counted.map(({ reference }) => lineOf(reference, lines)?.amount ?? 0n)
    const total = amounts.reduce((all, each) => all + each, 0n)
    if (sum !== undefined && minorUnitsIn(sum, currency) !== total) return `the sum ${sum} of ${counts}`
  }
  return undefined
}

function lineOf(reference: string, lines: ReadonlyMap<Uuid, BatchLine>): BatchLine | undefined {
  const named = readEndToEndId(reference)
  const line = named && lines.get(named.debitId)
  return line?.tries === named?.tries ? line : undefined
}

const numberIn = ({ name }: RemoteFile) => Number(name.split('.')[1])
const byNumber = (a: RemoteFile, b: RemoteFile) => numberIn(a) - numberIn(b)
