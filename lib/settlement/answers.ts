import { type Uuid, uuidAt } from '../ids'
import { pain002 } from '../iso20022/pain-002'
import { type MessageNode, readMessage, textAt } from '../iso20022/read-message'
import { BrokenMessage } from '../iso20022/rules'
import { type Heard, noteAnswered, noteRead, readBefore, type TransferAnswer } from './file-store'
import type { OrderKind, OrderParts, TransferPlace } from './orders'

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
export async function readAnswers(kind: OrderKind, parts: OrderParts): Promise<void> {
  const { pool, clock, banks, links } = parts
  for (const { code: bank } of banks) {
    const heard = await links.within(bank, async (session) => {
      const found = (await session.results()).filter(({ name }) => isAnswer(kind, name))
      const known = await readBefore(
        pool,
        bank,
        found.map(({ name }) => name),
      )
      const unread = found.filter(({ name }) => !known.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
      for (const { name } of unread) {
        const outcome = await readOne(bank, name, session.stream(name), { ...parts, kind })
        await noteRead(pool, { bank, name, outcome, at: clock.now() })
      }
    })
    if (heard.kind === 'no-answer') parts.report('bank-files-not-read', { bank, why: heard.why })
  }
  await noteAnswered(pool, clock.now())
}

const isAnswer = ({ prefix }: OrderKind, name: string) => name.startsWith(prefix) && name.endsWith('.pain002.xml')

interface Reading extends OrderParts {
  readonly kind: OrderKind
}

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
  parts: Reading,
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

async function apply(report: Report, node: MessageNode, place: Place, parts: Reading): Promise<boolean> {
  const reference = textAt(node, 'OrgnlEndToEndId') ?? ''
  const becomes = OUTCOMES[textAt(node, 'TxSts') ?? '']
  const id = uuidIn(reference)
  const ordered = id && report.fileId && (await parts.kind.find(report.fileId, id))
  if (!ordered || !becomes) {
    parts.report('payout-report-unknown', { ...place, reference, status: textAt(node, 'TxSts') })
    return false
  }
  const reason = textAt(node, 'StsRsnInf/Rsn/Cd') ?? textAt(node, 'StsRsnInf/Rsn/Prtry')
  const said = await answer(ordered, { becomes, reason }, parts)
  if (said === 'contradicts') parts.report('payout-report-contradicts', { ...place, reference, outcome: becomes })
  return said === 'applied'
}

/** The bank would not even begin: every transfer of the order comes back. */
async function refuseWhole({ fileId }: Report, place: Place, parts: Reading): Promise<string> {
  parts.report('payout-order-refused', { ...place })
  let refused = 0
  let after: TransferPlace | undefined
  for (let page = fileId ? await parts.kind.places(fileId, after, PAGE) : []; page.length > 0;) {
    for (const transfer of page) {
      const said = await answer(transfer, { becomes: 'rejected', reason: 'whole-order' }, parts)
      if (said === 'applied') refused += 1
    }
    after = page.at(-1)
    page = fileId ? await parts.kind.places(fileId, after, PAGE) : []
  }
  return `refused whole: ${refused}`
}

function answer(
  transfer: TransferPlace,
  said: Pick<TransferAnswer, 'becomes' | 'reason'>,
  { kind, clock }: Reading,
): Promise<Heard> {
  const at = clock.now()
  return kind.answer(transfer, { ...said, postingId: uuidAt(at), at })
}

/** The identifier that a reference of 32 hexadecimal characters is. */
function uuidIn(reference: string): Uuid | undefined {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(reference)
  return parts ? parts.slice(1).join('-') : undefined
}
