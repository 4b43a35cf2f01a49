import { expect, test } from 'vitest'
import type { PaysAs } from '../link-settings'
import type { Debtor } from './debtor'
import { feeIn, settledBy, type ToldMovement } from './settled-by'

const debtor = (system: string, paysAs?: PaysAs): Debtor => {
  return { link: 'issuer', system, account: `receivable:${system}`, name: { ko: system, en: system }, paysAs }
}
const told = (given: Partial<ToldMovement>): ToldMovement => ({ partyName: '', partyAccount: '', ...given })

const hanbit = debtor('hanbit', { account: '7001-0000-0001', name: '한빛 카드' })
const saero = debtor('saero', { name: 'Saero Card' })
const twin = debtor('twin', { account: '7001-0000-0001' })
const silent = debtor('silent')

test.each([
  ['all that is set is so', { partyAccount: '700100000001', partyName: '한빛카드' }, 'hanbit'],
  ['the account is another', { partyAccount: '700100000002', partyName: '한빛카드' }, undefined],
  ['the name is another', { partyAccount: '700100000001', partyName: '한빛상사' }, undefined],
  ['the name is written otherwise', { partyName: 'SAERO  card' }, 'saero'],
  ['nothing is told', {}, undefined],
])('a payment is the debtor’s or nobody’s: %s', (_, given: Partial<ToldMovement>, expected) => {
  expect(settledBy(told(given), [hanbit, saero, silent])?.system).toBe(expected)
})

test('a payment that two debtors may have made is neither’s', () => {
  const given = told({ partyAccount: '700100000001', partyName: '한빛카드' })
  expect(settledBy(given, [hanbit, twin])).toBeUndefined()
})

test.each([
  ['GROSS 100000 FEE 2500', 97_500n, 2_500n],
  ['정산 20261120 gross=100000 / fee=2500', 97_500n, 2_500n],
  ['GROSS 100000 FEE 2500', 97_000n, 0n],
  ['GROSS 100000', 100_000n, 0n],
  ['GROSS 100000 FEE 0', 100_000n, 0n],
  ['GROSS 100000.5 FEE 0.5', 100_000n, 0n],
  ['', 100_000n, 0n],
])('what a debtor keeps is its fee only where gross and fee come to what was paid: %s', (words, amount, expected) => {
  expect(feeIn(['한빛카드', words], { amount, currency: 'KRW' })).toBe(expected)
})
