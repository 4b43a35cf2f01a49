import { expect, test } from 'vitest'
import { amountOf } from './amount'
import { pain002 } from './pain-002'
import { pain008 } from './pain-008'
import { moneyAt, type Piece, readMessage, textAt } from './read-message'
import { BrokenMessage, type MessageRules } from './rules'
import { type Tree, writeMessage } from './write-message'

const bank = { FinInstnId: { ClrSysMmbId: { MmbId: '0900' } } }
const accountOf = (number: string) => ({ Id: { Othr: { Id: number } } })
const debit = (changes: Tree = {}): Tree => ({
  PmtId: { EndToEndId: 'E2E-1' },
  InstdAmt: amountOf({ amount: 12_345n, currency: 'USD' }),
  DrctDbtTx: { MndtRltdInf: { MndtId: 'M-1', DtOfSgntr: '2026-11-21' } },
  DbtrAgt: bank,
  Dbtr: { Nm: '김하늘 & Söhne <1>' },
  DbtrAcct: accountOf('90020000000001'),
  ...changes,
})
const order = (debits: Tree['DrctDbtTxInf'], header: Tree = {}, information: Tree = {}): Tree => ({
  // Deliberately not in the order of the rules.
  PmtInf: {
    DrctDbtTxInf: debits,
    ...{ PmtInfId: 'P-1', PmtMtd: 'DD', NbOfTxs: '1', ReqdColltnDt: '2026-12-01', Cdtr: { Nm: '모아상점' } },
    ...{ CdtrAcct: accountOf('1'), CdtrAgt: bank },
    ...information,
  },
  GrpHdr: { MsgId: 'MSG-1', CreDtTm: '2026-11-21T00:00:00Z', NbOfTxs: '1', InitgPty: { Nm: 'Moa' }, ...header },
})

async function collected<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = []
  for await (const value of values) all.push(value)
  return all
}

async function written(content: Tree, rules: MessageRules = pain008): Promise<string> {
  let text = ''
  for await (const piece of writeMessage(rules, content)) text += piece
  return text
}

/** In small chunks, so that every boundary falls somewhere unlucky. */
async function read(text: string | Buffer, paths: readonly string[], rules = pain008, limits = {}): Promise<Piece[]> {
  const bytes = Buffer.from(text)
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += 7) yield await Promise.resolve(bytes.subarray(at, at + 7))
  }
  return collected(readMessage(chunks(), rules, paths, limits))
}

test('a message is written in the order of its rules, escaped, and read back as it was', async () => {
  const text = await written(order([debit()]))
  expect(text).toContain('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.08">')
  expect(text).toContain('<InstdAmt Ccy="USD">123.45</InstdAmt>')
  expect(text).toContain('<Nm>김하늘 &amp; Söhne &lt;1&gt;</Nm>')
  expect(text.indexOf('<GrpHdr>')).toBeLessThan(text.indexOf('<PmtInf>'))
  const pieces = await read(text, ['GrpHdr', 'PmtInf/DrctDbtTxInf'])
  expect(pieces.map(({ path }) => path)).toEqual(['GrpHdr', 'PmtInf/DrctDbtTxInf'])
  expect(textAt(pieces[0]!.node, 'MsgId')).toBe('MSG-1')
  expect(textAt(pieces[1]!.node, 'Dbtr/Nm')).toBe('김하늘 & Söhne <1>')
  expect(moneyAt(pieces[1]!.node, 'InstdAmt')).toEqual({ amount: 12_345n, currency: 'USD' })
  expect(await written(order([debit()]))).toBe(text)
})

test('debits that come piece by piece make the same bytes as debits that are there at once', async () => {
  async function* debits() {
    for (const number of [1, 2, 3]) yield await Promise.resolve(debit({ PmtId: { EndToEndId: `E2E-${number}` } }))
  }
  const atOnce = await collected(debits())
  expect(await written(order(debits()))).toBe(await written(order(atOnce)))
})

test.each<[string, Tree, string]>([
  ['a missing element', order([debit({ Dbtr: undefined })]), 'Dbtr is missing'],
  ['no debit at all', order([]), 'DrctDbtTxInf is missing'],
  ['an unknown element', order([debit({ Iban: 'x' })]), 'may not be there: Iban'],
  ['a reference that is too long', order([debit()], { MsgId: 'x'.repeat(36) }), 'GrpHdr/MsgId: not 1 to 35'],
  ['a reference with letters that banks do not keep', order([debit()], { MsgId: '주문' }), 'banks do not keep'],
  ['a name that is too long', order([debit({ Dbtr: { Nm: '가'.repeat(141) } })]), 'longer than 140 characters'],
  ['a control character', order([debit({ Dbtr: { Nm: 'a\u0007b' } })]), 'a character that may not be there'],
  ['a day that is none', order([debit()], {}, { ReqdColltnDt: '2026-02-30' }), 'not a date'],
  ['another method of payment', order([debit()], {}, { PmtMtd: 'TRF' }), 'none of DD'],
  ['half a won', order([debit({ InstdAmt: { text: '1.5', attributes: { Ccy: 'KRW' } } })]), 'finer than KRW has'],
  ['an amount without currency', order([debit({ InstdAmt: '1' })]), 'no currency'],
  ['a negative amount', order([debit({ InstdAmt: { text: '-1', attributes: { Ccy: 'KRW' } } })]), 'not an amount'],
  ['two of what there is one of', order([debit({ Dbtr: [{ Nm: 'a' }, { Nm: 'b' }] })]), 'Dbtr more than 1 times'],
  [
    'an IBAN with wrong check digits',
    order([debit({ DbtrAcct: { Id: { IBAN: 'DE00370400440532013000' } } })]),
    'not an IBAN',
  ],
  [
    'an account named in two ways',
    order([debit({ DbtrAcct: { Id: { IBAN: 'DE89370400440532013000', Othr: { Id: '1' } } } })]),
    'more than one of IBAN, Othr',
  ],
  ['an account named in no way', order([debit({ DbtrAcct: { Id: {} } })]), 'none of IBAN, Othr'],
])('%s is not written', async (_, content, fault) => {
  await expect(written(content)).rejects.toThrow(fault)
})

const status = (inside = '', header = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">
<CstmrPmtStsRpt><GrpHdr><MsgId>S-1</MsgId><CreDtTm>2026-11-21T09:00:00+09:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>MSG-1</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>${header}</OrgnlGrpInfAndSts>
${inside}</CstmrPmtStsRpt></Document>`

test('a status report is read in pieces, comments, prefixes and what we do not look at included', async () => {
  const inside = `<!-- c --><OrgnlPmtInfAndSts><OrgnlPmtInfId>P-1</OrgnlPmtInfId><TxInfAndSts>
    <OrgnlEndToEndId><![CDATA[E2E-1]]></OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AM04</Cd></Rsn>
    <AddtlInf>a &amp; b</AddtlInf></StsRsnInf><OrgnlTxRef><Any thing="1">x</Any></OrgnlTxRef></TxInfAndSts></OrgnlPmtInfAndSts>`
  const paths = ['OrgnlGrpInfAndSts', 'OrgnlPmtInfAndSts/TxInfAndSts']
  const pieces = await read(status(inside), paths, pain002)
  expect(textAt(pieces[0]!.node, 'OrgnlMsgId')).toBe('MSG-1')
  expect(textAt(pieces[1]!.node, 'OrgnlEndToEndId')).toBe('E2E-1')
  expect(textAt(pieces[1]!.node, 'StsRsnInf/Rsn/Cd')).toBe('AM04')
  expect(textAt(pieces[1]!.node, 'StsRsnInf/AddtlInf')).toBe('a & b')
  const prefixed = status(inside)
    .replaceAll(/<(\/?)([A-Z])/g, '<$1p:$2')
    .replace('xmlns=', 'xmlns:p=')
    .replace('p:[CDATA[', '[CDATA[')
  expect(await read(prefixed.replace('<!p:', '<!'), paths, pain002)).toHaveLength(2)
})

test.each([
  ['a document type', status().replace('<Document', '<!DOCTYPE Document><Document'), 'a document type'],
  ['an entity of its own', status().replace('S-1', '&own;'), 'entity'],
  ['a processing instruction', status().replace('<GrpHdr>', '<?run it?><GrpHdr>'), 'a processing instruction'],
  ['another message', status().replaceAll('pain.002.001.10', 'pain.002.001.03'), 'not pain.002.001.10'],
  ['another encoding', status().replace('UTF-8', 'EUC-KR'), 'not UTF-8'],
  ['bytes that are not UTF-8', Buffer.concat([Buffer.from(status()), Buffer.from([0xff])]), 'not UTF-8'],
  ['a message that is cut off', status().slice(0, -30), 'unclosed tag'],
  ['a second document', `${status()}<Document/>`, 'only one root'],
  ['elements in another order', status('<OrgnlGrpInfAndSts/>'), 'more than 1 times'],
  ['text between elements', status('mischief'), 'text between elements'],
  ['an attribute that is not in the rules', status().replace('<MsgId>', '<MsgId a="1">'), 'an attribute'],
  ['a status that is no code', status('', '<GrpSts>ACCEPTED</GrpSts>'), 'GrpSts: not a code'],
  ['nothing', '', 'a root element'],
])('%s is refused', async (_, text, fault) => {
  const reading = read(text, ['GrpHdr'], pain002)
  await expect(reading).rejects.toThrow(BrokenMessage)
  await expect(read(text, ['GrpHdr'], pain002)).rejects.toThrow(fault)
})

test('a message without measure is refused before it fills memory', async () => {
  await expect(read(status(), [], pain002, { mostBytes: 100 })).rejects.toThrow('longer than 100 bytes')
  await expect(read(status(), ['GrpHdr'], pain002, { mostNodes: 2 })).rejects.toThrow('too many in it')
  async function* endless() {
    yield await Promise.resolve(Buffer.from(status().split('S-1')[0]!))
    for (;;) yield Buffer.alloc(65_536, 'x')
  }
  await expect(collected(readMessage(endless(), pain002, []))).rejects.toThrow('too long')
})
