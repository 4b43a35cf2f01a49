import { expect, test } from 'vitest'
import { readDetail } from '../app/operator/settlement/_parts/difference-detail'

test.each([
  [
    'completions.ours',
    '12 / 3456700',
    { kind: 'total', part: 'completions', side: 'ours', count: 12, amount: 3_456_700n },
  ],
  ['refunds.theirs', '0 / 0', { kind: 'total', part: 'refunds', side: 'theirs', count: 0, amount: 0n }],
  ['reversals.theirs', '1 / -500', { kind: 'total', part: 'reversals', side: 'theirs', count: 1, amount: -500n }],
  ['file', 'gaon.xml', { kind: 'named', name: 'file', text: 'gaon.xml' }],
  ['account', 'receivable:hanbit', { kind: 'named', name: 'account', text: 'receivable:hanbit' }],
  ['completions.ours', 'many', { kind: 'named', name: 'other', text: 'many' }],
  ['of-later', 'text', { kind: 'named', name: 'other', text: 'text' }],
])('a difference says what %s is, and amounts in its currency', (key, text, detail) => {
  expect(readDetail(key, text)).toEqual(detail)
})
