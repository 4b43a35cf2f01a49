import { expect, test } from 'vitest'
import { MOST_TRIES, nextTryAt, readRetryAfter } from './retry-schedule'

const now = new Date('2026-11-02T09:00:00Z')
const SECOND = 1000
const HOUR = 3_600_000

test.each([
  [1, 5 * SECOND],
  [2, 300 * SECOND],
  [3, 1800 * SECOND],
  [4, 2 * HOUR],
  [5, 5 * HOUR],
  [6, 10 * HOUR],
  [7, 14 * HOUR],
  [8, 20 * HOUR],
  [9, 24 * HOUR],
])('P5.1: after %i failed tries the pause is %i ms, give or take a tenth', (tries, pause) => {
  for (let repeat = 0; repeat < 50; repeat++) {
    const wait = nextTryAt(tries, now)!.getTime() - now.getTime()
    expect(wait).toBeGreaterThanOrEqual(Math.floor(pause * 0.9))
    expect(wait).toBeLessThanOrEqual(Math.ceil(pause * 1.1))
  }
})

test('P5.1: after ten tries over three days a message is given up', () => {
  expect(MOST_TRIES).toBe(10)
  expect(nextTryAt(10, now)).toBeUndefined()
})

test('a receiver that asks for patience gets it, up to a day', () => {
  expect(nextTryAt(1, now, HOUR)).toEqual(new Date(now.getTime() + HOUR))
  expect(nextTryAt(1, now, 1000 * HOUR)).toEqual(new Date(now.getTime() + 24 * HOUR))
  expect(nextTryAt(9, now, SECOND)!.getTime()).toBeGreaterThan(now.getTime() + 20 * HOUR)
})

test.each([
  [undefined, 0],
  ['120', 120 * SECOND],
  ['Mon, 02 Nov 2026 09:10:00 GMT', 600 * SECOND],
  ['Mon, 02 Nov 2026 08:00:00 GMT', 0],
  ['-5', 0],
  ['1e9', 0],
  ['soon', 0],
  ['2026-11-02T09:10:00Z', 0],
])('retry-after %j asks for %i ms', (header, milliseconds) => {
  expect(readRetryAfter(header, now)).toBe(milliseconds)
})
