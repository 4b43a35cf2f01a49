import { expect, test } from 'vitest'
import { uuidAt } from '../lib/ids'
import { paymentsAddress, placeWord, readPaymentQuery } from '../app/merchant/payments/payment-query'

const shop = { currencies: ['KRW', 'USD'], zone: 'Asia/Seoul' } as const
const id = uuidAt(new Date('2026-11-22T00:00:00Z'))

test('days are those of the shop’s clocks, the first and the last included', () => {
  const { filter } = readPaymentQuery({ from: '2026-11-01', to: '2026-11-30' }, shop)
  expect(filter.from?.toISOString()).toBe('2026-10-31T15:00:00.000Z')
  expect(filter.until?.toISOString()).toBe('2026-11-30T15:00:00.000Z')
})

test('amounts are read in their currency, and in the shop’s first where none is named', () => {
  expect(readPaymentQuery({ least: '1,000' }, shop).filter).toMatchObject({ currency: 'KRW', least: 1_000n })
  expect(readPaymentQuery({ least: '12.5', currency: 'USD' }, shop).filter).toMatchObject({
    ...{ currency: 'USD', least: 1_250n },
  })
})

test('what an address says that nobody understands is left out', () => {
  const query = { tab: 'x', sort: 'sideways', from: '2026-02-31', least: 'much', means: '../', before: 'pay_1', q: ' ' }
  expect(readPaymentQuery(query, shop)).toMatchObject({ filter: { order: 'newest' }, narrowed: 0 })
  expect(paymentsAddress('/here', readPaymentQuery(query, shop).words)).toBe('/here')
})

test('the address keeps every filter, and the place in the list only where its order is the same', () => {
  const said = {
    tab: 'paid',
    q: 'A-1',
    sort: 'largest',
    from: '2026-11-01',
    means: 'card',
    currency: 'USD',
    least: '5',
  }
  const { words, filter } = readPaymentQuery({ ...said, before: placeWord({ id, amount: 500n }) }, shop)
  expect(Object.fromEntries(new URLSearchParams(paymentsAddress('', words).slice(1)))).toEqual(said)
  expect(filter.before).toEqual({ id, amount: 500n })
  expect(readPaymentQuery({ before: placeWord({ id, amount: 500n }) }, shop).filter.before).toBeUndefined()
  expect(readPaymentQuery({ sort: 'smallest', before: placeWord({ id }) }, shop).filter.before).toBeUndefined()
})
