import { expect, test } from 'vitest'
import { readTerms } from './read-terms'

const asked = { issuer: 'hanbit', bin: '940001' }

const good = {
  issuer: 'hanbit',
  product: 'Hanbit Sky',
  bin: '940001',
  currency: 'KRW',
  updatedAt: '2026-11-01T00:00:00Z',
  apr: '0.1590',
  minPayment: '50000',
  fee: { fixed: '0', bps: 0 },
  annualFee: '30000',
  minCharge: '100',
  maxCharge: '20000000',
  rewards: [
    { id: 'base', type: 'miles', kind: 'rate', valueBps: 120, cap: '1000000' },
    {
      id: 'november',
      type: 'miles',
      kind: 'rate',
      valueBps: 120,
      startsAt: '2026-11-01T00:00:00+09:00',
      endsAt: '2026-12-01T00:00:00+09:00',
      label: { ko: '11월 더블 마일', en: 'Double miles in November' },
    },
    { id: 'welcome', type: 'cashback', kind: 'bonus', value: '5000', minSpend: '300000', merchantIds: ['a-shop'] },
  ],
}

const [base, november, welcome] = good.rewards

test('published terms are read with whole minor units and rates as fractions (M-263, M-320)', () => {
  expect(readTerms(JSON.stringify(good), asked)).toEqual({
    ...good,
    updatedAt: new Date('2026-11-01T00:00:00Z'),
    apr: 0.159,
    minPayment: 50_000n,
    fee: { fixed: 0n, bps: 0 },
    annualFee: 30_000n,
    minCharge: 100n,
    maxCharge: 20_000_000n,
    rewards: [{ ...base, cap: 1_000_000n }, november, { ...welcome, value: 5_000n, minSpend: 300_000n }],
  })
})

test.each<[string, unknown]>([
  ['no JSON', undefined],
  ['a list', []],
  ['another issuer', { ...good, issuer: 'saero' }],
  ['another product', { ...good, bin: '940002' }],
  ['an unknown member', { ...good, secret: '1' }],
  ['a missing member', { ...good, apr: undefined }],
  ['an unknown currency', { ...good, currency: 'XXX' }],
  ['a rate as a number', { ...good, apr: 0.159 }],
  ['a rate above 1', { ...good, apr: '1.5' }],
  ['a rate with a sign', { ...good, apr: '-0.1' }],
  ['a rate with an exponent', { ...good, apr: '1e-1' }],
  ['an amount as a number', { ...good, minPayment: 50_000 }],
  ['an amount with a point', { ...good, minPayment: '50000.0' }],
  ['an amount with a leading zero', { ...good, minPayment: '050000' }],
  ['an amount beyond bounds', { ...good, minPayment: '10000000001' }],
  ['a fee above the whole', { ...good, fee: { fixed: '0', bps: 10_001 } }],
  ['a least charge above the largest', { ...good, minCharge: '20000001' }],
  ['a day that does not exist', { ...good, updatedAt: '2026-02-29T00:00:00Z' }],
  ['an hour that does not exist', { ...good, updatedAt: '2026-02-28T24:00:00Z' }],
  ['an instant without an offset', { ...good, updatedAt: '2026-02-28T00:00:00' }],
  ['a reward of an unknown kind', { ...good, rewards: [{ ...base, kind: 'lottery' }] }],
  ['a reward of an unknown type', { ...good, rewards: [{ ...base, type: 'stamps' }] }],
  ['a reward with members of the other kind', { ...good, rewards: [{ ...base, minSpend: '1' }] }],
  ['a reward that ends before it starts', { ...good, rewards: [{ ...november, endsAt: november!.startsAt }] }],
  ['a reward at no shop', { ...good, rewards: [{ ...base, merchantIds: [] }] }],
  ['too many rewards', { ...good, rewards: Array.from({ length: 21 }, () => base) }],
])('a feed with %s is not used at all', (_fault, document) => {
  expect(readTerms(document === undefined ? '{"issuer":' : JSON.stringify(document), asked)).toBeUndefined()
})
