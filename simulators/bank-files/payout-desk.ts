/**
 * A bank that is asked to pay (pain.001): it checks the order, books each transfer and reports on it (pain.002). What it has
 * paid is read from the files themselves, so that the book and what was said never differ.
 */
import { Switches } from '../switches'
import type { DeskFile, FileBank } from './file-bank'

/** refuse: the next transfers are not carried out. take: taken, and nothing more is said. silent: no report at all. */
export interface PayoutSwitch {
  readonly do: 'refuse' | 'take' | 'silent'
  readonly times?: number | undefined
}

/** A transfer as the bank has booked it, or not. */
export interface PaidTransfer {
  readonly reference: string
  readonly account: string
  readonly holder: string
  /** Smallest units. */
  readonly amount: string
  readonly currency: string
  readonly file: string
  readonly status: string
  readonly reason?: string
  /** Whether the bank has ever said that it paid it, and the order's own name. */
  readonly wasPaid: boolean
  readonly order: string
}

interface Order {
  readonly id: string
  readonly count: number
  readonly sum: string
  readonly transfers: readonly Omit<PaidTransfer, 'status' | 'reason' | 'file' | 'wasPaid' | 'order'>[]
}

/** Payouts to merchants, and money back to payers. */
const ORDER = /^MOA(?:PO|RE)-.*\.pain001\.xml$/
const inside = (text: string, name: string) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(text)?.[1] ?? ''
const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

function minor(decimal: string, currency: string): string {
  const [whole = '0', part = ''] = decimal.split('.')
  const digits = currency === 'KRW' || currency === 'JPY' ? 0 : 2
  return String(BigInt(whole + part.padEnd(digits, '0').slice(0, digits)))
}

/** The number of an account, which stands in an element inside another. */
function accountIn(text: string): string {
  const part = /<CdtrAcct>([\s\S]*?)<\/CdtrAcct>/.exec(text)?.[1] ?? ''
  return inside(part, 'IBAN') || (/<Othr>\s*<Id>([^<]*)<\/Id>/.exec(part)?.[1] ?? '')
}

function orderIn(content: string): Order {
  const header = content.slice(0, content.indexOf('<PmtInf>'))
  const transfers = [...content.matchAll(/<CdtTrfTxInf>([\s\S]*?)<\/CdtTrfTxInf>/g)].map(([, text = '']) => {
    const currency = /<InstdAmt Ccy="([A-Z]{3})">/.exec(text)?.[1] ?? ''
    const holder = plain(inside(/<Cdtr>([\s\S]*?)<\/Cdtr>/.exec(text)?.[1] ?? '', 'Nm'))
    return {
      ...{ reference: inside(text, 'EndToEndId'), account: accountIn(text), holder, currency },
      amount: minor(inside(text, 'InstdAmt'), currency),
    }
  })
  return {
    id: inside(header, 'MsgId'),
    count: Number(inside(header, 'NbOfTxs')),
    sum: inside(header, 'CtrlSum'),
    transfers,
  }
}

export class PayoutDesk {
  readonly switches: Switches<PayoutSwitch>

  constructor(private readonly bank: FileBank) {
    this.switches = new Switches<PayoutSwitch>(bank.changed)
    bank.reads((file) => this.take(file))
  }

  /** What was asked for and what became of it, the newest first. */
  book(): PaidTransfer[] {
    const said = new Map<string, { status: string; reason?: string }>()
    const paid = new Set<string>()
    for (const { content } of this.bank.published) {
      for (const [, text = ''] of content.matchAll(/<TxInfAndSts>([\s\S]*?)<\/TxInfAndSts>/g)) {
        const reason = inside(text, 'Cd')
        const reference = inside(text, 'OrgnlEndToEndId')
        if (inside(text, 'TxSts') === 'ACSC') paid.add(reference)
        said.set(reference, { status: inside(text, 'TxSts'), ...(reason ? { reason } : {}) })
      }
    }
    return this.orders()
      .flatMap(({ file, order }) =>
        order.transfers.map((each) => ({
          ...{ ...each, file, order: order.id, wasPaid: paid.has(each.reference) },
          ...(said.get(each.reference) ?? { status: '' }),
        })),
      )
      .reverse()
  }

  /** The account of a transfer that was paid is closed: the money comes back days later. The name of the report. */
  sendBack(reference: string): string | undefined {
    const found = this.orders().find(({ order }) => order.transfers.some((each) => each.reference === reference))
    if (!found) return undefined
    const name = found.file.replace('.pain001.xml', `-back-${reference.slice(-6)}.pain002.xml`)
    this.bank.publish(name, report(found.order, [{ reference, status: 'RJCT', reason: 'AC04' }], 'PART'))
    return name
  }

  private orders(): { file: string; order: Order }[] {
    return this.bank.received
      .filter(({ name }) => ORDER.test(name))
      .map(({ name, content }) => ({ file: name, order: orderIn(content) }))
  }

  private take({ name, content }: DeskFile): void {
    if (!ORDER.test(name)) return
    const order = orderIn(content)
    if (this.switches.take((each) => each.do === 'silent')) return
    const [{ currency = '' } = {}] = order.transfers
    const total = order.transfers.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
    const isWhole = order.count === order.transfers.length && String(total) === minor(order.sum, currency)
    const isNew = this.orders().filter((each) => each.order.id === order.id).length === 1
    const said = order.transfers.map(({ reference }) => ({ reference, ...this.answer() }))
    const text = isWhole && isNew ? report(order, said, 'ACSP') : report(order, [], 'RJCT')
    this.bank.publish(name.replace('.pain001.xml', '.pain002.xml'), text)
  }

  private answer(): { status: string; reason?: string } {
    if (this.switches.take((each) => each.do === 'refuse')) return { status: 'RJCT', reason: 'AC04' }
    return { status: this.switches.take((each) => each.do === 'take') ? 'ACSP' : 'ACSC' }
  }
}

function report(
  { id }: Order,
  transfers: readonly { reference: string; status: string; reason?: string }[],
  group: string,
): string {
  const at = new Date().toISOString()
  const lines = transfers.map(
    ({ reference, status, reason }) =>
      `<TxInfAndSts><OrgnlEndToEndId>${reference}</OrgnlEndToEndId><TxSts>${status}</TxSts>${
        reason === undefined ? '' : `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf>`
      }</TxInfAndSts>`,
  )
  const information =
    lines.length === 0
      ? ''
      : `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${id}</OrgnlPmtInfId>${lines.join('')}</OrgnlPmtInfAndSts>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>S${id.slice(0, 30)}</MsgId><CreDtTm>${at}</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>${id}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>${group}</GrpSts></OrgnlGrpInfAndSts>${information}</CstmrPmtStsRpt></Document>
`
}
