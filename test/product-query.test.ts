import { expect, test } from 'vitest'
import type { ProductRates } from '../lib/statistics/product-rates'
import {
  inOrder,
  productAddress,
  readFrom,
  readProductQuery,
  readProductSort,
} from '../app/merchant/products/_parts/product-query'

const row = (name: string, sold: bigint, back: bigint, dissatisfied: number): ProductRates => ({
  ...{ name, orders: 10, pieces: 10, piecesBack: 0, sold, back, dissatisfied },
})
const rates = [row('나', 100n, 50n, 1), row('가', 900n, 90n, 0), row('다', 0n, 0n, 5)]

test.each([
  ['back', ['가', '나', '다']],
  ['rate', ['나', '가', '다']],
  ['dissatisfied', ['다', '나', '가']],
  ['sold', ['가', '나', '다']],
  ['name', ['가', '나', '다']],
] as const)('products can be put in order by %s', (sort, expected) => {
  expect(inOrder(rates, sort).map(({ name }) => name)).toEqual(expected)
})

test('the order is part of the address, and one that nobody knows is left out', () => {
  const question = readProductQuery({}, '2026-11-22', ['KRW'])
  expect(productAddress('/here', question, 'rate')).toContain('sort=rate')
  expect(productAddress('/here', question, 'back')).not.toContain('sort')
  expect(readProductSort({ sort: 'colour' })).toBe('back')
})

test('the next rows have the same question and order, and a place that is none is the top', () => {
  const question = readProductQuery({ q: '찻잔' }, '2026-11-22', ['KRW'])
  const next = new URL(productAddress('https://shop.example/here', question, 'name', 100)).searchParams
  expect(readFrom(Object.fromEntries(next))).toBe(100)
  expect(readProductQuery(Object.fromEntries(next), '2026-11-22', ['KRW'])).toEqual(question)
  expect(readProductSort(Object.fromEntries(next))).toBe('name')
  expect(['-1', '1.5', 'x', ''].map((from) => readFrom({ from }))).toEqual([0, 0, 0, 0])
})
