import type pg from 'pg'
import type { Clock } from '../clock'
import type { BankFilesSettings } from '../env'
import type { BankFileLinks } from '../gateways/bank-files/bank-files'
import { type Uuid, uuidAt } from '../ids'
import { pain002 } from '../iso20022/pain-002'
import { type MessageNode, readMessage, textAt } from '../iso20022/read-message'
import { BrokenMessage } from '../iso20022/rules'
import {
  answerPayout,
  findOrdered,
  noteAnswered,
  noteRead,
  type OrderedPayout,
  payoutsOf,
  readBefore,
} from './file-store'
import { ORDER_PREFIX } from './orders'

export interface AnswerParts {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly banks: readonly BankFilesSettings[]
  readonly links: BankFileLinks
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** What the bank's codes mean to us; any other code says nothing. */
const OUTCOMES: Readonly<Record<string, 'accepted' | 'paid' | 'rejected'>> = {
  ...{ ACTC: 'accepted', ACCP: 'accepted', ACSP: 'accepted', ACWC: 'accepted', PDNG: 'accepted' },
  ...{ ACSC: 'paid', ACCC: 'paid', RJCT: 'rejected', CANC: 'rejected' },
}

/** Status reports with answers: at most one line for each payout of a file. */
const LARGEST = 16 * 1024 * 1024
const PAGE = 200

/**
 * Reads the bank's reports on our orders, each file once. A report counts as a whole or not at all: it is read to its end
 * before anything of it is believed, and a broken one is reported to people and never looked at again.
 */
export async function readAnswers(parts: AnswerParts): Promise<void> {
  const { pool, clock, banks, links } = parts
  for (const { code: bank } of banks) {
    const heard = await links.within(bank, async (session) => {
      const found = (await session.results()).filter(({ name }) => isAnswer(name))
      const known = await readBefore(
        pool,
        bank,
        found.map(({ name }) => name),
      )
      const unread = found.filter(({ name }) => !known.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
      for (const { name } of unread) {
        const outcome = await readOne(bank, name, session.stream(name), parts)
        await noteRead(pool, { bank, name, outcome, at: clock.now() })
      }
    })
    if (heard.kind === 'no-answer') parts.report('bank-files-not-read', { bank, why: heard.why })
  }
  await noteAnswered(pool, clock.now())
}

const isAnswer = (name: string) => name.startsWith(ORDER_PREFIX) && name.endsWith('.pain002.xml')

interface Report {
  /** Our file, as its message was named. */
  readonly fileId?: Uuid | undefined
  /** Of the whole order, where the report says it. */
  readonly group?: string | undefined
  readonly transactions: readonly MessageNode[]
}

async function readOne(
  bank: string,
  name: string,
  content: AsyncIterable<Uint8Array>,
  parts: AnswerParts,
): Promise<string> {
  try {
    const report = await whole(content)
    let applied = 0
    for (const transaction of report.transactions) {
      if (await apply(report, transaction, { bank, name }, parts)) applied += 1
    }
    if (report.transactions.length === 0 && report.group === 'RJCT') return refuseWhole(report, { bank, name }, parts)
    return `applied ${applied} of ${report.transactions.length}`
  } catch (error) {
    if (!(error instanceof BrokenMessage)) throw error
    parts.report('payout-report-broken', { bank, name, fault: error.message })
    return `broken: ${error.message}`.slice(0, 300)
  }
}

async function whole(content: AsyncIterable<Uint8Array>): Promise<Report> {
  let fileId: Uuid | undefined
  let group: string | undefined
  const transactions: MessageNode[] = []
  const paths = ['OrgnlGrpInfAndSts', 'OrgnlPmtInfAndSts/TxInfAndSts']
  for await (const { path, node } of readMessage(content, pain002, paths, { mostBytes: LARGEST })) {
    if (path === 'OrgnlGrpInfAndSts') {
      fileId = uuidIn(textAt(node, 'OrgnlMsgId') ?? '')
      group = textAt(node, 'GrpSts')
    } else {
      transactions.push(node)
    }
  }
  return { fileId, group, transactions }
}

type Place = { readonly bank: string; readonly name: string }

async function apply(report: Report, node: MessageNode, place: Place, parts: AnswerParts): Promise<boolean> {
  const reference = textAt(node, 'OrgnlEndToEndId') ?? ''
  const outcome = OUTCOMES[textAt(node, 'TxSts') ?? '']
  const payoutId = uuidIn(reference)
  const ordered = payoutId && report.fileId && (await findOrdered(parts.pool, report.fileId, payoutId))
  if (!ordered || !outcome) {
    parts.report('payout-report-unknown', { ...place, reference, status: textAt(node, 'TxSts') })
    return false
  }
  const reason = textAt(node, 'StsRsnInf/Rsn/Cd') ?? textAt(node, 'StsRsnInf/Rsn/Prtry')
  const at = parts.clock.now()
  const said = await answerPayout(parts.pool, ordered, { becomes: outcome, reason, postingId: uuidAt(at), at })
  if (said === 'contradicts') parts.report('payout-report-contradicts', { ...place, reference, outcome })
  return said === 'applied'
}

/** The bank would not even begin: every payout of the order comes back. */
async function refuseWhole({ fileId }: Report, place: Place, { pool, clock, report }: AnswerParts): Promise<string> {
  report('payout-order-refused', { ...place })
  let refused = 0
  let after: OrderedPayout | undefined
  for (let page = fileId ? await payoutsOf(pool, fileId, after, PAGE) : []; page.length > 0;) {
    for (const payout of page) {
      const at = clock.now()
      const said = await answerPayout(pool, payout, {
        becomes: 'rejected',
        reason: 'whole-order',
        postingId: uuidAt(at),
        at,
      })
      if (said === 'applied') refused += 1
    }
    after = page.at(-1)
    page = fileId ? await payoutsOf(pool, fileId, after, PAGE) : []
  }
  return `refused whole: ${refused}`
}

/** The identifier that a reference of 32 hexadecimal characters is. */
function uuidIn(reference: string): Uuid | undefined {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(reference)
  return parts ? parts.slice(1).join('-') : undefined
}
