import { z } from 'zod'
import type { ECash } from '../../e-cash/e-cash'
import type { PaymentModule } from '../payment-module'

/** What the shopper gives: the PIN of the wallet. Whose wallet it is, the login says. */
const pinInput = z.strictObject({ pin: z.string().regex(/^[0-9]{4,8}$/) })

export type ECashParts = Pick<ECash, 'walletIn' | 'checkPin' | 'hold' | 'settle' | 'release' | 'giveBack'>

/**
 * Stored value pays at once: from the person's wallet to the shop's (M-115). Both are in our own books, so that there is
 * no outside system that could leave an answer out.
 */
export function createECashModule(eCash: ECashParts): PaymentModule {
  return {
    code: 'e-cash',
    timing: 'immediate',

    async plan({ shopperId, amount, input }) {
      const read = pinInput.safeParse(input)
      if (!read.success) return { kind: 'wrong-input' }
      const wallet = shopperId && (await eCash.walletIn(shopperId, amount.currency))
      if (!wallet) return { kind: 'refused', reason: 'not-permitted' }
      const verdict = await eCash.checkPin(wallet, read.data.pin)
      if (verdict !== 'right') return { kind: 'refused', reason: verdict }
      const means = { shopperId, walletId: wallet.id }
      return { kind: 'planned', legs: [{ module: 'e-cash', amount: amount.amount, means }] }
    },

    async authorize(leg) {
      const held = await eCash.hold(leg)
      return held.kind === 'held'
        ? { kind: 'authorized', hold: { counterparty: 'e-cash', payout: 'shop-wallet' } }
        : { kind: 'declined', reason: held.reason }
    },

    async capture(leg) {
      const settled = await eCash.settle(leg)
      return settled.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: 'hold-lost' }
    },

    async void(leg) {
      const released = await eCash.release(leg)
      return released.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: 'not-permitted' }
    },

    async refund(leg, refund) {
      const given = await eCash.giveBack(leg, refund)
      return given.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: 'not-permitted' }
    },
  }
}
