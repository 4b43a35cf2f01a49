import { expect, test } from 'vitest'
import { type AdvisedCredit, readCreditAdvice } from './credit-advice'

const ACCOUNT = { account: '90010000000099', currency: 'KRW' } as const
const REFERENCE = 'RF18539007547034'

const transaction = (inner = '', amount = '<Amt Ccy="KRW">1000</Amt>', ref = 'B-1') =>
  `<TxDtls><Refs><AcctSvcrRef>${ref}</AcctSvcrRef></Refs>${amount}<CdtDbtInd>CRDT</CdtDbtInd>${inner}</TxDtls>`

interface Wanted {
  amount?: string
  direction?: string
  reversal?: string
  status?: string
  booked?: string
  ref?: string
  details?: string
}

const entry = ({
  amount = '<Amt Ccy="KRW">1000</Amt>',
  direction = 'CRDT',
  reversal = '',
  status = '<Cd>BOOK</Cd>',
  booked = '<BookgDt><Dt>2026-11-21</Dt></BookgDt>',
  ref = '<AcctSvcrRef>E-1</AcctSvcrRef>',
  details = `<NtryDtls>${transaction()}</NtryDtls>`,
}: Wanted = {}) =>
  `<Ntry>${amount}<CdtDbtInd>${direction}</CdtDbtInd>${reversal}<Sts>${status}</Sts>${booked}${ref}<BkTxCd/>${details}</Ntry>`

const summary = (count: string, sum: string) =>
  `<TxsSummry><TtlCdtNtries><NbOfNtries>${count}</NbOfNtries><Sum>${sum}</Sum></TtlCdtNtries></TxsSummry>`

const notification = (inner: string, account: string = ACCOUNT.account, currency = 'KRW') =>
  `<Ntfctn><Id>N-1</Id><Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>${currency}</Ccy></Acct>${inner}</Ntfctn>`

const advice = (inner: string, id = 'camt.054.001.08') =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:${id}"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-21T09:00:00Z</CreDtTm></GrpHdr>${inner}</BkToCstmrDbtCdtNtfctn></Document>`

async function read(text: string, expected: { account: string; currency: 'KRW' | 'USD' } = ACCOUNT) {
  const credits: AdvisedCredit[] = []
  // In small pieces, as they come over a line.
  const pieces = (async function* () {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += 100) yield await Promise.resolve(bytes.subarray(at, at + 100))
  })()
  const whole = await readCreditAdvice(pieces, expected, (credit) => {
    credits.push(credit)
    return Promise.resolve()
  })
  return { ...whole, credits }
}

test('every field of a credit is read: whose it is, how much, when, from whom', async () => {
  const inner = `<RltdPties><Dbtr><Pty><Nm>한지우 &amp; 가족</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></RltdPties>
    <RltdAgts><DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>901</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt></RltdAgts>
    <RmtInf><Ustrd>감사합니다</Ustrd><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>rf18 5390 0754 7034</Ref></CdtrRefInf></Strd></RmtInf>`
  const details = `<NtryDtls>${transaction(inner)}</NtryDtls>`
  expect(await read(advice(notification(`${summary('1', '1000')}${entry({ details })}`)))).toEqual({
    ...{ messageId: 'M-1', lines: 1, total: 1000n },
    credits: [
      {
        bankRef: 'B-1',
        amount: { amount: 1000n, currency: 'KRW' },
        bookedOn: '2026-11-21',
        reference: REFERENCE,
        remittance: 'rf18 5390 0754 7034 감사합니다',
        payerName: '한지우 & 가족',
        payerAccount: '3000',
        payer: { account: 'DE89370400440532013000', agent: '901' },
        outcome: 'due',
      },
    ],
  })
})

test('a batch of many transactions in one entry is as many credits', async () => {
  const amount = (value: number) => `<Amt Ccy="KRW">${value}</Amt>`
  const details = `<NtryDtls><Btch><NbOfTxs>300</NbOfTxs></Btch>${Array.from({ length: 300 }, (_, n) => transaction('', amount(n + 1), `B-${n}`)).join('')}</NtryDtls>`
  const { credits, total } = await read(advice(notification(entry({ amount: amount(45_150), details }))))
  expect(credits).toHaveLength(300)
  expect(total).toBe(45_150n)
})

test('an entry without transactions is one credit by its own reference', async () => {
  const { credits } = await read(advice(notification(entry({ details: '' }))))
  expect(credits).toMatchObject([{ bankRef: 'E-1', amount: { amount: 1000n }, remittance: '', payerName: '' }])
})

test.each<[string, Wanted, AdvisedCredit['outcome']]>([
  ['a debit', { direction: 'DBIT', details: '' }, 'not-a-credit'],
  ['a credit that is taken back', { reversal: '<RvslInd>true</RvslInd>', details: '' }, 'not-a-credit'],
  ['what is only announced', { status: '<Cd>PDNG</Cd>' }, 'not-booked'],
  ['a status of the bank’s own', { status: '<Prtry>OURS</Prtry>' }, 'not-booked'],
])('%s is listed and moves no money', async (_what, wanted, outcome) => {
  const { credits, total } = await read(advice(notification(entry(wanted))))
  expect(credits).toMatchObject([{ outcome }])
  expect(total).toBe(0n)
})

test('cents are read as cents', async () => {
  const amount = '<Amt Ccy="USD">12.50</Amt>'
  const details = `<NtryDtls>${transaction('', amount)}</NtryDtls>`
  const text = advice(notification(`${summary('1', '12.5')}${entry({ amount, details })}`, 'US1', 'USD'))
  expect(await read(text, { account: 'US1', currency: 'USD' })).toMatchObject({ total: 1250n })
})

test.each<[string, string, string]>([
  ['another message', advice(notification(entry()), 'camt.053.001.08'), 'not camt.054.001.08'],
  ['no notification', advice(''), 'Ntfctn is missing'],
  ['another account', advice(notification(entry(), '1')), 'Ntfctn/Acct/Id: not our account'],
  ['another currency of the account', advice(notification(entry(), ACCOUNT.account, 'USD')), 'not our currency'],
  ['another currency', advice(notification(entry({ amount: '<Amt Ccy="USD">1</Amt>' }))), 'not in KRW'],
  ['no currency', advice(notification(entry({ amount: '<Amt>1</Amt>' }))), 'no currency'],
  ['part of a won', advice(notification(entry({ amount: '<Amt Ccy="KRW">1.5</Amt>' }))), 'finer than KRW has'],
  ['a negative amount', advice(notification(entry({ amount: '<Amt Ccy="KRW">-1000</Amt>' }))), 'not an amount'],
  ['no amount', advice(notification(entry({ amount: '' }))), 'Amt is missing'],
  ['no direction', advice(notification(entry().replace('<CdtDbtInd>CRDT</CdtDbtInd><Sts>', '<Sts>'))), 'is missing'],
  ['an unknown direction', advice(notification(entry({ direction: 'BOTH' }))), 'none of CRDT, DBIT'],
  ['no day', advice(notification(entry({ booked: '' }))), 'Ntry/BookgDt: missing'],
  [
    'a day that is none',
    advice(notification(entry({ booked: '<BookgDt><Dt>2026-02-30</Dt></BookgDt>' }))),
    'not a date',
  ],
  ['no reference of the bank', advice(notification(entry({ ref: '', details: '' }))), 'AcctSvcrRef: missing'],
  ['a wrong sum', advice(notification(summary('1', '1001') + entry())), 'another sum of credits'],
  ['a wrong count', advice(notification(summary('2', '1000') + entry())), 'another number of credits'],
  [
    'transactions that are not their entry',
    advice(
      notification(entry({ details: `<NtryDtls>${transaction()}${transaction('', undefined, 'B-2')}</NtryDtls>` })),
    ),
    'transactions that do not add up to their entry',
  ],
  [
    'a batch of another number',
    advice(notification(entry({ details: `<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>${transaction()}</NtryDtls>` }))),
    'another number of transactions',
  ],
  ['elements in another order', advice(notification(entry() + summary('1', '1000'))), 'TxsSummry in the wrong place'],
  ['an element nobody knows', advice(notification(`<Extra/>${entry()}`)), 'Extra'],
  ['half a file', advice(notification(entry())).slice(0, -40), 'unclosed'],
  [
    'an entity',
    `<!DOCTYPE x [<!ENTITY a "b">]>${advice(notification(entry()))}`.replace(/^(.*?)(<\?xml.*?\?>)/, '$2$1'),
    'a document type',
  ],
])('refuses a file with %s as a whole', async (_what, text, why) => {
  await expect(read(text)).rejects.toThrow(why)
})
