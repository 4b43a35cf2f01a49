import { expect, test } from 'vitest'
import { aLeg, aPayment } from '../messages/payment.fixtures'
import { approvalCodeOfLeg, approvalCodeOfVCard } from './approval-code'

const byVCard = [
  aLeg({ module: 'vcard', amount: 200_000n, hold: { authorizationId: 'A1B2C3' } }),
  aLeg({ module: 'vcard', leg: 2, amount: 20_000n, hold: { authorizationId: '778899' } }),
]

test('a leg has the code of its issuer, and one whose means has none has none', () => {
  expect(byVCard.map(approvalCodeOfLeg)).toEqual(['A1B2C3', '778899'])
  expect(approvalCodeOfLeg(aLeg({ module: 'giro' }))).toBeUndefined()
})

test('a V-Card has one approval code of its own, the same whenever it is asked for, another for another payment (M-267, M-283)', () => {
  const payment = aPayment({ legs: byVCard })
  const code = approvalCodeOfVCard(payment)
  expect(code).toMatch(/^[0-9A-Z]{6}$/)
  expect(approvalCodeOfVCard({ ...payment })).toBe(code)
  expect(approvalCodeOfVCard(aPayment({ legs: byVCard }))).not.toBe(code)
})

test.each([
  ['not before all issuers have completed', aPayment({ state: 'capturing', legs: byVCard })],
  ['not when it was declined', aPayment({ state: 'declined', legs: byVCard })],
  ['not for cards alone', aPayment()],
  [
    'not for a V-Card that was tried before another means paid',
    aPayment({ attempt: 2, legs: [...byVCard, aLeg({ attempt: 2 })] }),
  ],
])('a V-Card approval code is made: %s', (_when, payment) => {
  expect(approvalCodeOfVCard(payment)).toBeUndefined()
})
