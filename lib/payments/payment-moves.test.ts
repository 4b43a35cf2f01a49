import { describe, expect, test } from 'vitest'
import { legMoves } from './leg-moves'
import { verdictOf } from './payment'
import { finalStates, movingStates, nextPaymentState, paymentMoves, type PaymentState } from './payment-moves'

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>

function reachable(table: Table, start: string): Set<string> {
  const seen = new Set([start])
  for (const state of seen) for (const next of Object.values(table[state] ?? {})) seen.add(next)
  return seen
}

describe.each([
  ['payment', paymentMoves as Table, ['created', 'authorizing']],
  ['leg', legMoves as Table, ['authorizing']],
])('the table of %s moves', (_name, table, starts) => {
  test('leads only to states it knows, and to every one of them', () => {
    const states = Object.keys(table)
    for (const moves of Object.values(table)) for (const next of Object.values(moves)) expect(states).toContain(next)
    expect([...new Set(starts.flatMap((start) => [...reachable(table, start)]))].sort()).toEqual(states.sort())
  })

  test('leaves no state without a way to an end', () => {
    const ends = Object.keys(table).filter((state) => Object.keys(table[state]!).length === 0)
    for (const state of Object.keys(table)) {
      expect([...reachable(table, state)].some((next) => ends.includes(next))).toBe(true)
    }
  })
})

test('final states are closed: no late answer moves a payment out of them (P2.8)', () => {
  for (const state of finalStates) expect(paymentMoves[state]).toEqual({})
})

test('nothing is taken before the decision, and after it only a new attempt can be given up (P3.2)', () => {
  const beforeDecision: PaymentState[] = ['created', 'authorizing', 'confirming', 'authorized', 'voiding']
  for (const state of beforeDecision) expect(Object.values(paymentMoves[state])).not.toContain('paid')
  const withoutNewAttempts: Table = { ...paymentMoves, created: {} }
  expect([...reachable(withoutNewAttempts, 'capturing')]).not.toContain('voiding')
})

test('a payment that is on its way is "being checked", never paid and never declined (P3.8)', () => {
  for (const state of movingStates) expect(verdictOf({ state })).toBe('being-checked')
})

test('an event that cannot happen in a state leads nowhere', () => {
  expect(nextPaymentState('paid', 'voided')).toBeUndefined()
  expect(nextPaymentState('created', 'allCaptured')).toBeUndefined()
})
