/** Reads the gateway's direct debits (pain.008) as a bank does that trusts nothing in them. */
import { SaxesParser } from 'saxes'

export interface OrderedDebit {
  readonly reference: string
  readonly amount: bigint
  readonly currency: string
  readonly mandate: string
  /** The payer's bank, by its number in clearing. */
  readonly memberId: string
  readonly account: string
  readonly payer: string
  readonly about: string
}

export interface DebitOrder {
  readonly messageId: string
  readonly informationId: string
  readonly count: number
  /** As it stands in the file. */
  readonly sum: string
  readonly debits: readonly OrderedDebit[]
}

interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  text: string
  readonly children: Node[]
}

/** @throws when the file is no pain.008 of one payment information */
export function readDebitOrder(content: string): DebitOrder {
  const root = parse(content)
  const order = child(child(root, 'CstmrDrctDbtInitn'), 'GrpHdr')
  const information = child(child(root, 'CstmrDrctDbtInitn'), 'PmtInf')
  return {
    messageId: text(order, 'MsgId'),
    informationId: text(information, 'PmtInfId'),
    count: Number(text(order, 'NbOfTxs')),
    sum: text(order, 'CtrlSum'),
    debits: information.children.filter(({ name }) => name === 'DrctDbtTxInf').map(readDebit),
  }
}

function readDebit(node: Node): OrderedDebit {
  const amount = child(node, 'InstdAmt')
  const account = child(child(node, 'DbtrAcct'), 'Id')
  const iban = account.children.find(({ name }) => name === 'IBAN')
  return {
    reference: text(node, 'PmtId', 'EndToEndId'),
    amount: minorUnits(amount.text, amount.attributes['Ccy'] ?? ''),
    currency: amount.attributes['Ccy'] ?? '',
    mandate: text(node, 'DrctDbtTx', 'MndtRltdInf', 'MndtId'),
    memberId: text(node, 'DbtrAgt', 'FinInstnId', 'ClrSysMmbId', 'MmbId'),
    account: iban?.text ?? text(account, 'Othr', 'Id'),
    payer: text(node, 'Dbtr', 'Nm'),
    about: text(node, 'RmtInf', 'Ustrd'),
  }
}

const exponentOf = (currency: string) => (currency === 'KRW' || currency === 'JPY' ? 0 : 2)

export function minorUnits(decimal: string, currency: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(exponentOf(currency), '0').slice(0, exponentOf(currency)))
}

export function decimal(amount: bigint, currency: string): string {
  const exponent = exponentOf(currency)
  const digits = String(amount).padStart(exponent + 1, '0')
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

function parse(content: string): Node {
  const top: Node = { name: '', attributes: {}, text: '', children: [] }
  const open = [top]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ local, attributes }) => {
    const own = Object.values(attributes).map((each): [string, string] => [each.local, each.value])
    const node: Node = { name: local, attributes: Object.fromEntries(own), text: '', children: [] }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  parser.on('text', (piece) => {
    const node = open.at(-1)
    if (node) node.text += piece
  })
  parser.on('closetag', () => void open.pop())
  parser.write(content).close()
  return child(top, 'Document')
}

function child(node: Node, name: string): Node {
  const found = node.children.find((each) => each.name === name)
  if (!found) throw new Error(`${name} is missing in ${node.name}`)
  return found
}

function text(node: Node, ...path: readonly string[]): string {
  return path.reduce(child, node).text
}
