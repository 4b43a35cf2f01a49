import { expect, test } from 'vitest'
import { type Action, actions, can, type Role, withinRefundLimit } from './access'

test.each<[Role, Action[]]>([
  ['shopper', ['wallet.see', 'wallet.change', 'purchase.see', 'refund-request.ask', 'dispute.claim']],
  [
    'counselor',
    [
      ...(['payment.see', 'payment.cancel', 'payment.refund', 'dispute.see', 'dispute.decide'] as const),
      ...(['refund-request.see', 'refund-request.decide'] as const),
      ...(['evidence.see', 'merchant.see'] as const),
    ],
  ],
  [
    'operator',
    [
      ...(['refund.release', 'people.see', 'people.change'] as const),
      ...(['system.see', 'system.change', 'settlement.see', 'settlement.change'] as const),
    ],
  ],
  ['courier', ['delivery.see', 'delivery.collect']],
])('P6.1: a %s may do what the table names and nothing else', (role, allowed) => {
  expect(actions.filter((action) => can(role, action))).toEqual(actions.filter((action) => allowed.includes(action)))
})

test('P6.3: no operator moves money alone, and an auditor only reads', () => {
  const moves = actions.filter((action) => /payment[.](create|capture|cancel|refund)/.test(action))
  expect(moves).toEqual(
    expect.arrayContaining(['payment.create', 'payment.capture', 'payment.cancel', 'payment.refund']),
  )
  for (const action of moves) expect(can('operator', action)).toBe(false)
  expect(actions.filter((action) => can('auditor', action)).every((action) => action.endsWith('.see'))).toBe(true)
})

test('P6.1: a deed that is not in the table is refused to everybody', () => {
  for (const unknown of ['payment.delete', 'toString', '__proto__']) expect(can('owner', unknown as Action)).toBe(false)
})

test('P6.3: above their limit nobody gives money back alone', () => {
  expect(withinRefundLimit({ refundLimit: 10_000n }, 10_000n)).toBe(true)
  expect(withinRefundLimit({ refundLimit: 10_000n }, 10_001n)).toBe(false)
  expect(withinRefundLimit({}, 999_999_999_999n)).toBe(true)
})
