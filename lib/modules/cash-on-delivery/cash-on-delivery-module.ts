import { z } from 'zod'
import { readPhoneNumber } from '../../billing/phone-number'
import type { CashOnDelivery } from '../../couriers/cash-on-delivery'
import { isPlainLine } from '../../plain-text'
import type { PaymentModule } from '../payment-module'

const line = (longest: number) => z.string().normalize('NFC').trim().min(1).max(longest).refine(isPlainLine)

/** Where the goods go, and whom the courier calls. */
const recipientInput = z.strictObject({
  name: line(60),
  phone: z
    .string()
    .max(30)
    .transform((text, context) => {
      const number = readPhoneNumber(text)
      if (number === undefined) context.addIssue('no telephone number')
      return number ?? z.NEVER
    }),
  address: line(200),
  note: line(100).optional(),
})

/**
 * Cash at the door (M-110): the order is accepted at once and paid when the courier has taken the money. Nothing is set
 * aside; what else pays for the order waits for it, and goes back when the goods come back.
 */
export function createCashOnDeliveryModule(cash: CashOnDelivery): PaymentModule {
  return {
    code: 'cash-on-delivery',
    timing: 'deferred',

    plan({ amount, input }) {
      const read = recipientInput.safeParse(input)
      if (!read.success) return Promise.resolve({ kind: 'wrong-input' })
      const leg = { module: 'cash-on-delivery', means: {}, amount: amount.amount, secret: JSON.stringify(read.data) }
      return Promise.resolve({ kind: 'planned', legs: [leg] })
    },

    async authorize(leg, typed) {
      const read = recipientInput.safeParse(typed === undefined ? undefined : JSON.parse(typed))
      if (!read.success) return { kind: 'declined', reason: 'interrupted' }
      const { note, ...recipient } = read.data
      const asked = await cash.ask(leg, { ...recipient, ...(note ? { note } : {}) })
      return asked
        ? { kind: 'authorized', hold: { counterparty: 'cash-on-delivery' } }
        : { kind: 'declined', reason: 'cancelled' }
    },

    async capture(leg) {
      const standing = await cash.collect(leg)
      switch (standing.kind) {
        case 'collected':
          return { kind: 'done' }
        case 'waits':
          return { kind: 'later', until: standing.until }
        case 'never':
          return { kind: 'refused', reason: 'timed-out' }
      }
    },

    async void(leg) {
      await cash.withdraw(leg)
      return { kind: 'done' }
    },
  }
}
