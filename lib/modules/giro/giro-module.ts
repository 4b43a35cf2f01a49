import { z } from 'zod'
import type { Giro } from '../../giro/giro'
import { isPlainLine } from '../../plain-text'
import type { PaymentModule } from '../payment-module'

/** Who is asked to pay. Without an address the statement goes to that of the account. */
const payerInput = z.strictObject({
  name: z.string().normalize('NFC').trim().min(1).max(60).refine(isPlainLine),
  email: z.email().max(254).optional(),
})

const payer = payerInput.extend({ shopperId: z.uuid().optional() })

/**
 * A transfer that the buyer makes at their own bank (M-117): the order is accepted at once and paid when the bank tells of
 * the money. Nothing is set aside; what else pays for the order waits for it, and goes back when nobody pays in time.
 */
export function createGiroModule(giro: Giro): PaymentModule {
  return {
    code: 'giro',
    timing: 'deferred',

    plan({ amount, input, shopperId }) {
      const read = payerInput.safeParse(input)
      // Somebody has to be told where to pay what.
      if (!read.success || (read.data.email === undefined && shopperId === undefined)) {
        return Promise.resolve({ kind: 'wrong-input' })
      }
      if (!giro.bankFor(amount.currency)) return Promise.resolve({ kind: 'refused', reason: 'module-unavailable' })
      const secret = JSON.stringify({ ...read.data, ...(shopperId && { shopperId }) })
      return Promise.resolve({
        kind: 'planned',
        legs: [{ module: 'giro', means: {}, amount: amount.amount, secret }],
      })
    },

    async authorize(leg, typed) {
      const read = payer.safeParse(typed === undefined ? undefined : JSON.parse(typed))
      if (!read.success) return { kind: 'declined', reason: 'interrupted' }
      const { name, email, shopperId } = read.data
      const asked = await giro.ask(leg, { name, ...(email && { email }), ...(shopperId && { shopperId }) })
      return asked ? { kind: 'authorized', hold: { counterparty: 'giro' } } : { kind: 'declined', reason: 'cancelled' }
    },

    async capture(leg) {
      const standing = await giro.collect(leg)
      switch (standing.kind) {
        case 'paid':
          return { kind: 'done' }
        case 'waits':
          return { kind: 'later', until: standing.until }
        case 'never':
          return { kind: 'refused', reason: 'timed-out' }
      }
    },

    async void(leg) {
      await giro.withdraw(leg)
      return { kind: 'done' }
    },

    // What comes back is the payer's at once, and people transfer it.
    async refund(leg, refund) {
      return (await giro.giveBack(leg, refund)) ? { kind: 'done' } : { kind: 'refused', reason: 'not-permitted' }
    },

    refundWay: () => Promise.resolve('by-hand'),
  }
}
