import { expect, test } from 'vitest'
import { disputeMoves, disputeStates, isClosed, openDisputeStates, stateAfter } from './dispute-moves'

test('every state of a dispute can be reached, and from every open one there is a way to its end', () => {
  const leads = (from: string): string[] => Object.values(disputeMoves[from as keyof typeof disputeMoves])
  const reached = new Set(['open'])
  for (const state of reached) for (const next of leads(state)) reached.add(next)
  expect([...reached].toSorted()).toEqual(disputeStates.toSorted())
  for (const state of openDisputeStates) {
    const from = new Set([state as string])
    for (const each of from) for (const next of leads(each)) from.add(next)
    expect([...from].some((each) => isClosed(each as (typeof disputeStates)[number]))).toBe(true)
  }
})

test('what is over moves no more, and money on its way back cannot be withdrawn', () => {
  expect(disputeStates.filter(isClosed)).toEqual(['decided', 'withdrawn', 'expired'])
  expect(stateAfter('deciding', 'withdrawn')).toBeUndefined()
  expect(stateAfter('decided', 'answered')).toBeUndefined()
})
