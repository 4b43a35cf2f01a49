import { expect, test } from 'vitest'
import { readStatement, type StatementLine } from './read-statement'
import { aStatement, OUR_ACCOUNT, type WrittenStatement } from './statements.fixtures'

async function read(text: string, expected: { account: string; currency: 'KRW' | 'USD' } = OUR_ACCOUNT) {
  const lines: StatementLine[] = []
  // In small pieces, as they come over a line.
  const pieces = (async function* () {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += 100) yield await Promise.resolve(bytes.subarray(at, at + 100))
  })()
  const whole = await readStatement(pieces, expected, (line) => {
    lines.push(line)
    return Promise.resolve()
  })
  return { whole, lines }
}

const PAYOUT = '019ab0c4d5e67f8091a2b3c4d5e6f708'
const PAYOUT_ID = '019ab0c4-d5e6-7f80-91a2-b3c4d5e6f708'
const booked = (inner: string, amount = 30_000, direction = 'CRDT', status = 'BOOK') =>
  `<Ntry><Amt Ccy="KRW">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts><Cd>${status}</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>E-1</AcctSvcrRef><BkTxCd/>${inner}</Ntry>`

test('a statement says where the account began and ended, and each movement with the name it was ordered by', async () => {
  const lines = [
    { ref: 'B-1', amount: 30_000n },
    { ref: 'B-2', amount: -12_000n, endToEnd: PAYOUT },
    { ref: 'B-3', amount: 5_000n, endToEnd: `D${PAYOUT}2` },
  ]
  const period = ['2026-11-19T15:00:00Z', '2026-11-20T15:00:00Z'] as const
  const { whole, lines: found } = await read(aStatement({ sequence: 7, opening: -1_000n, lines, period }))
  expect(whole).toEqual({
    ...{ statementId: 'ST-1', sequence: 7, opening: -1_000n, closing: 22_000n, day: '2026-11-20', lines: 3 },
    ...{ from: new Date(period[0]), until: new Date(period[1]) },
  })
  expect(found).toMatchObject([
    { bankRef: 'B-1', amount: 30_000n, bookedOn: '2026-11-20', named: undefined },
    { bankRef: 'B-2', amount: -12_000n, named: { kind: 'payout', id: PAYOUT_ID } },
    { bankRef: 'B-3', amount: 5_000n, named: { kind: 'debit', id: PAYOUT_ID, tries: 2 } },
  ])
})

test('what comes back under a reference of the bank’s own is known by the words that name ours, if they name one', async () => {
  const told = (words: string) =>
    `<NtryDtls><TxDtls><Refs><EndToEndId>RTN-7</EndToEndId></Refs><AddtlTxInf>${words}</AddtlTxInf></TxDtls></NtryDtls>`
  const other = PAYOUT.replace('019a', '019b')
  const entries = [
    booked(told(`RETURN ${PAYOUT} AC04`), 100),
    booked(told(`반환 D${PAYOUT}2`), 100, 'DBIT'),
    booked(told(`${PAYOUT} ${other}`), 100),
    booked(told(`x${PAYOUT}`), 100),
    booked(told(`D${PAYOUT}2`), 100),
  ].join('')
  expect((await read(aStatement({ closing: 300n, entries }))).lines.map(({ named }) => named)).toEqual([
    { kind: 'payout-returned', id: PAYOUT_ID },
    { kind: 'debit-returned', id: PAYOUT_ID, tries: 2 },
    ...[undefined, undefined, undefined],
  ])
})

test('a sum that the bank tells no more of goes by the order which it sums up', async () => {
  const sum = (id: string) => `<NtryDtls><Btch><PmtInfId>${id}</PmtInfId><NbOfTxs>40</NbOfTxs></Btch></NtryDtls>`
  const entries = booked(sum(PAYOUT), 9_000, 'DBIT') + booked(sum(`P${PAYOUT}`))
  expect((await read(aStatement({ closing: 21_000n, entries }))).lines).toMatchObject([
    { amount: -9_000n, endToEnd: PAYOUT, named: { kind: 'payout-file', id: PAYOUT_ID } },
    { amount: 30_000n, named: { kind: 'debit-batch', id: PAYOUT_ID } },
  ])
})

test('an entry whose transactions go both ways is as many movements, and comes to what remains', async () => {
  const detail = (amount: number, direction: string, name: string) =>
    `<TxDtls><Refs><AcctSvcrRef>${name}</AcctSvcrRef></Refs><Amt Ccy="KRW">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd></TxDtls>`
  const details = `<NtryDtls>${detail(40_000, 'CRDT', 'X-1')}${detail(10_000, 'DBIT', 'X-2')}</NtryDtls>`
  const { lines } = await read(aStatement({ closing: 30_000n, entries: booked(details) }))
  expect(lines.map(({ bankRef, amount }) => [bankRef, amount])).toEqual([
    ['X-1', 40_000n],
    ['X-2', -10_000n],
  ])
})

test('what is only announced moves nothing', async () => {
  const { whole, lines } = await read(aStatement({ closing: 0n, entries: booked('', 30_000, 'CRDT', 'PDNG') }))
  expect([whole.lines, lines]).toEqual([0, []])
})

const line = { ref: 'B-1', amount: 30_000n }
const totals = (name: string, count: number, sum: number) =>
  `<TxsSummry><${name}><NbOfNtries>${count}</NbOfNtries><Sum>${sum}</Sum></${name}></TxsSummry>`

test.each<[string, WrittenStatement, string]>([
  ['another message', { message: 'camt.052.001.08' }, 'not camt.053.001.08'],
  ['another account', { account: '1' }, 'Stmt/Acct/Id: not our account'],
  ['another currency', { currency: 'USD' }, 'not our currency'],
  ['balances that do not add up', { lines: [line], closing: 29_999n }, 'balances and entries that do not add up'],
  [
    'another number of entries',
    { lines: [line], summary: totals('TtlNtries', 2, 30_000) },
    'another number of entries',
  ],
  ['another sum of credits', { lines: [line], summary: totals('TtlCdtNtries', 1, 1) }, 'another sum of credits'],
  ['another sum of debits', { lines: [line], summary: totals('TtlDbtNtries', 1, 30_000) }, 'another number of debits'],
])('nothing is believed of a statement with %s', async (_what, wanted, fault) => {
  await expect(read(aStatement(wanted))).rejects.toThrow(fault)
})

test('two statements in one file, and one without a closing balance, are refused', async () => {
  const one = aStatement({ lines: [line] })
  const stmt = /<Stmt>.*<\/Stmt>/.exec(one)![0]
  await expect(read(one.replace(stmt, stmt + stmt))).rejects.toThrow('more than one statement')
  await expect(read(one.replace('CLBD', 'CLAV'))).rejects.toThrow('no closing balance')
})
