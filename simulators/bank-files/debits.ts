/**
 * The house bank collects direct debits: it takes the gateway's files, asks the payers' banks (their books are those of the
 * bank sections), and reports of every debit. A file and a debit are taken once.
 */
import { z } from 'zod'
import type { Bank } from '../bank/bank'
import { Switches } from '../switches'
import type { DeskFile, FileBank } from './file-bank'
import { decimal, type DebitOrder, type OrderedDebit, readDebitOrder } from './read-debits'

export const DEBIT_REASONS = ['AM04', 'AC01', 'AC04', 'AC06', 'MD01', 'MD06', 'MS02', 'MS03'] as const

export const debitSwitch = z.strictObject({
  /** refuse: one debit. reject: a file as a whole. silence: a file is taken in, and its report kept back. */
  do: z.enum(['refuse', 'reject', 'silence']),
  code: z.enum(DEBIT_REASONS).default('AM04'),
  times: z.int().min(1).max(1_000_000).optional(),
})
export type DebitSwitch = z.input<typeof debitSwitch>

export interface CollectedDebit extends OrderedDebit {
  readonly messageId: string
  readonly informationId: string
  /** collected, returned, or the code of its refusal. */
  state: string
}

interface Answer {
  readonly debit: OrderedDebit
  readonly code: string | undefined
}

const MESSAGE = 'urn:iso:std:iso:20022:tech:xsd:pain.008.001.08'

export class DebitCollector {
  readonly switches: Switches<z.output<typeof debitSwitch>>
  /** By reference; oldest first. */
  readonly debits = new Map<string, CollectedDebit>()
  private readonly files = new Map<string, DebitOrder>()
  private held: { order: DebitOrder; report: string }[] = []

  constructor(
    readonly desk: FileBank,
    private readonly banks: readonly Bank[],
  ) {
    this.switches = new Switches(desk.changed)
    // What had come in before this process began is known; its reports are out.
    for (const file of desk.received) this.remember(file)
    desk.reads((file) => this.take(file))
  }

  /** Puts out the reports that were kept back; how many. */
  answer(): number {
    const held = this.held
    this.held = []
    for (const { order, report } of held) this.desk.publish(this.nameOf(order), report)
    return held.length
  }

  /** The payer's bank takes a collected debit back; false when there is none of that reference. */
  takeBack(reference: string, code: string): boolean {
    const debit = this.debits.get(reference)
    const order = debit && this.files.get(debit.messageId)
    if (!debit || !order || debit.state !== 'collected') return false
    debit.state = 'returned'
    this.move(debit, -debit.amount)
    this.desk.publish(this.nameOf(order), reportOf(order, [{ debit, code }], 'PART'))
    return true
  }

  reset(): void {
    this.debits.clear()
    this.files.clear()
    this.held = []
    this.switches.clear()
  }

  private take(file: DeskFile): void {
    if (!file.content.includes(MESSAGE)) return
    const order = readDebitOrder(file.content)
    const fault = this.faultOf(order) ?? this.switches.take((each) => each.do === 'reject')?.code
    if (!this.files.has(order.messageId)) this.files.set(order.messageId, order)
    if (fault !== undefined) return this.desk.publish(this.nameOf(order), rejectionOf(order, fault))
    const answers = order.debits.map((debit) => ({ debit, code: this.collect(debit, order) }))
    const report = reportOf(order, answers, answers.every(({ code }) => code === undefined) ? 'ACSC' : 'PART')
    if (this.switches.take((each) => each.do === 'silence')) this.held.push({ order, report })
    else this.desk.publish(this.nameOf(order), report)
  }

  private faultOf(order: DebitOrder): string | undefined {
    if (this.files.has(order.messageId)) return 'DU01'
    if (order.count !== order.debits.length) return 'AM18'
    const [first] = order.debits
    const sum = order.debits.reduce((total, { amount }) => total + amount, 0n)
    return first && decimal(sum, first.currency) === order.sum ? undefined : 'AM10'
  }

  /** The code of the refusal; undefined when the money is here. */
  private collect(debit: OrderedDebit, { messageId, informationId }: DebitOrder): string | undefined {
    if (this.debits.has(debit.reference)) return 'DU04'
    const code = this.switches.take((each) => each.do === 'refuse')?.code ?? this.refusalOf(debit)
    this.debits.set(debit.reference, { ...debit, messageId, informationId, state: code ?? 'collected' })
    if (code === undefined) this.move(debit, debit.amount)
    return code
  }

  private refusalOf({ account, memberId, amount, currency }: OrderedDebit): string | undefined {
    const found = this.accountOf({ account, memberId })
    if (!found) return 'AC01'
    if (found.account.currency !== currency) return 'AG01'
    if (found.account.standing === 'suspended') return 'AC06'
    return found.account.balance < amount ? 'AM04' : undefined
  }

  private accountOf({ account: number, memberId }: Pick<OrderedDebit, 'account' | 'memberId'>) {
    const code = this.desk.profile.debits.reaches.find((each) => each.memberId === memberId)?.code
    const bank = this.banks.find(({ profile }) => profile.code === code)
    const account = bank?.ledger.find(number)
    return bank && account ? { bank, account } : undefined
  }

  private move(debit: OrderedDebit, amount: bigint): void {
    const found = this.accountOf(debit)
    found?.bank.change({ number: debit.account, balance: String(found.account.balance - amount) })
  }

  private remember(file: DeskFile): void {
    if (!file.content.includes(MESSAGE)) return
    const order = readDebitOrder(file.content)
    this.files.set(order.messageId, order)
    const reports = this.desk.published.filter(({ name }) => name.startsWith(`${order.messageId}.`))
    for (const debit of order.debits) {
      const said = reports.flatMap(({ content }) => statusIn(content, debit.reference)).at(-1) ?? 'collected'
      const { messageId, informationId } = order
      this.debits.set(debit.reference, { ...debit, messageId, informationId, state: said })
    }
  }

  private nameOf({ messageId }: DebitOrder): string {
    const before = this.desk.published.filter(({ name }) => name.startsWith(`${messageId}.`)).length
    return `${messageId}.${before + 1}.pain002.xml`
  }
}

/** What a report says of a debit: collected, or why not. */
function statusIn(content: string, reference: string): string[] {
  const said = new RegExp(
    `${reference}</OrgnlEndToEndId><TxSts>([A-Z]{4})</TxSts>(?:<StsRsnInf><Rsn><Cd>([A-Z0-9]{4}))?`,
  ).exec(content)
  return said ? [said[1] === 'ACSC' ? 'collected' : (said[2] ?? 'MS03')] : []
}

function rejectionOf(order: DebitOrder, code: string): string {
  return document(order, `<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf>`, '')
}

function reportOf(order: DebitOrder, answers: readonly Answer[], status: string): string {
  const lines = answers.map(({ debit, code }) => {
    const what =
      code === undefined
        ? '<TxSts>ACSC</TxSts>'
        : `<TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf>`
    return `<TxInfAndSts><OrgnlEndToEndId>${debit.reference}</OrgnlEndToEndId>${what}</TxInfAndSts>\n`
  })
  const information = `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${order.informationId}</OrgnlPmtInfId>\n${lines.join('')}</OrgnlPmtInfAndSts>\n`
  return document(order, `<GrpSts>${status}</GrpSts>`, information)
}

function document({ messageId, count, sum }: DebitOrder, status: string, informations: string): string {
  const at = new Date().toISOString()
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>S${at.replace(/[^0-9]/g, '')}</MsgId><CreDtTm>${at}</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId><OrgnlNbOfTxs>${count}</OrgnlNbOfTxs><OrgnlCtrlSum>${sum}</OrgnlCtrlSum>${status}</OrgnlGrpInfAndSts>
${informations}</CstmrPmtStsRpt></Document>
`
}
