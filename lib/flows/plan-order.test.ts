import { describe, expect, test } from 'vitest'
import { nextTimeOfDay } from '../time-of-day'
import { firstFlow, type FlowDocument } from './flow-document'
import { flowSteps } from './flow-steps'
import { peopleNeeded, planOrder } from './plan-order'

const flow: FlowDocument = {
  ...firstFlow,
  capture: { when: 'after', hours: 3 },
  approvals: [
    { currency: 'KRW', above: '100000', people: 1 },
    { currency: 'KRW', above: '1000000', people: 2 },
    { currency: 'USD', above: '5000', people: 1 },
  ],
}

test.each([
  [100_000n, 'KRW', 0],
  [100_001n, 'KRW', 1],
  [1_000_001n, 'KRW', 2],
  [1_000_001n, 'USD', 1],
  [1_000_001n, 'EUR', 0],
] as const)('of %s %s, %s people have to agree: the strictest rule counts', (amount, currency, people) => {
  expect(peopleNeeded(flow, { amount, currency })).toBe(people)
})

test('a request that says when to take the money is followed; approvals hold all the same', () => {
  const order = { amount: 200_000n, currency: 'KRW', capture: 'automatic' } as const
  expect(planOrder({ version: 4, document: flow }, order, 'Asia/Seoul')).toEqual({
    captureMode: 'automatic',
    plan: { version: 4, approvals: 1 },
  })
})

describe('a dry run says exactly the steps that a payment takes', () => {
  const kinds = (contractConfirms: boolean, order?: Parameters<typeof flowSteps>[2]) =>
    flowSteps(flow, { contractConfirms }, order).map(({ kind }) => kind)
  const example = { currency: 'KRW', capture: undefined, isDeferred: false } as const

  test.each([
    ['a small one', false, { ...example, amount: 1n }, ['open', 'authorize', 'wait', 'capture', 'notify']],
    [
      'a large one of a shop that confirms',
      true,
      { ...example, amount: 200_000n },
      ['open', 'authorize', 'confirm', 'approval', 'wait', 'capture', 'notify'],
    ],
    [
      'one with a part on delivery, taken at once',
      false,
      { ...example, amount: 1n, capture: 'automatic', isDeferred: true },
      ['open', 'authorize', 'capture', 'await', 'notify'],
    ],
  ] as const)('%s', (_what, confirms, order, wanted) => {
    expect(kinds(confirms, order)).toEqual(wanted)
  })

  test('and without an example, all that there can be', () => {
    expect(kinds(false)).toEqual(['open', 'authorize', 'approve', 'wait', 'capture', 'notify'])
  })
})

describe('the next time of day', () => {
  test.each([
    ['later today', '2026-03-01T00:00:00Z', '10:30', 'Asia/Seoul', '2026-03-01T01:30:00Z'],
    ['tomorrow', '2026-03-01T02:00:00Z', '10:30', 'Asia/Seoul', '2026-03-02T01:30:00Z'],
    ['never now', '2026-03-01T01:30:00Z', '10:30', 'Asia/Seoul', '2026-03-02T01:30:00Z'],
    ['clocks put forward', '2026-03-28T22:00:00Z', '04:00', 'Europe/Berlin', '2026-03-29T02:00:00Z'],
    ['a time that is skipped', '2026-03-29T00:30:00Z', '02:30', 'Europe/Berlin', '2026-03-30T00:30:00Z'],
    ['clocks put back', '2026-10-24T22:00:00Z', '04:00', 'Europe/Berlin', '2026-10-25T03:00:00Z'],
  ])('%s', (_what, after, time, zone, wanted) => {
    expect(nextTimeOfDay(new Date(after), time, zone)).toEqual(new Date(wanted))
  })
})
