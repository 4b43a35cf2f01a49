import { z } from 'zod'
import type { Clock } from '../../clock'
import type { DebitLegs } from '../../direct-debit/debit-legs'
import { type MandateKind, mandateKinds } from '../../direct-debit/mandate'
import { typedAccount } from '../../direct-debit/typed-account'
import { type Uuid, uuidAt } from '../../ids'
import type { Money } from '../../money/money'
import type { MeansPlan, PaymentModule } from '../payment-module'

const account = typedAccount.extend({ kind: z.enum(mandateKinds) })

/** A mandate that is given now, or one that was given before. */
const input = z.union([z.strictObject({ mandateId: z.uuid() }), account.extend({ agreed: z.literal(true) })])

export interface DirectDebitParts {
  readonly clock: Clock
  readonly debits: DebitLegs
}

/**
 * Direct debit (M-118): the shopper agrees that an account is debited, is told before it is, and the bank collects it by
 * file. Accepting sets nothing aside; the order is paid when the bank says that it has the money, and given up when it says
 * that it has not.
 */
export function createDirectDebitModule({ clock, debits }: DirectDebitParts): PaymentModule {
  const leg = (
    mandate: { id: Uuid; shopperId: Uuid; bank: string; lastFour: string },
    amount: Money,
    secret?: z.output<typeof account>,
  ): MeansPlan => {
    const means = {
      mandateId: mandate.id,
      ownerId: mandate.shopperId,
      issuer: mandate.bank,
      lastFour: mandate.lastFour,
    }
    const planned = { module: 'direct-debit', means, amount: amount.amount }
    return { kind: 'planned', legs: [{ ...planned, ...(secret ? { secret: JSON.stringify(secret) } : {}) }] }
  }

  async function byMandate(merchantId: Uuid, shopperId: Uuid, mandateId: Uuid, amount: Money): Promise<MeansPlan> {
    const mandate = await debits.usable(merchantId, shopperId, mandateId)
    if (!mandate || !debits.reaches(mandate.bank, amount.currency)) {
      return { kind: 'refused', reason: 'account-not-usable' }
    }
    return leg(mandate, amount)
  }

  return {
    code: 'direct-debit',
    timing: 'deferred',

    async plan({ merchantId, shopperId, amount, input: given }) {
      const read = input.safeParse(given)
      // Whoever agrees to a mandate is known, so that they can find and revoke it.
      if (!read.success || !shopperId) return { kind: 'wrong-input' }
      if ('mandateId' in read.data) return byMandate(merchantId, shopperId, read.data.mandateId, amount)
      const { agreed: _, ...typed } = read.data
      if (!debits.reaches(typed.bank, amount.currency)) return { kind: 'refused', reason: 'account-not-usable' }
      const mandate = { id: uuidAt(clock.now()), shopperId, bank: typed.bank, lastFour: typed.account.slice(-4) }
      return leg(mandate, amount, typed)
    },

    planStanding: ({ merchantId, shopperId, means, amount }) =>
      byMandate(merchantId, shopperId, String(means['mandateId']), amount),

    async authorize(asked, typed) {
      const agreed = typed === undefined ? undefined : readAccount(typed)
      return (await debits.ask(asked, agreed))
        ? { kind: 'authorized', hold: { counterparty: `direct-debit:${debits.collectedBy(asked.amount.currency)}` } }
        : { kind: 'declined', reason: 'account-not-usable' }
    },

    async capture(asked) {
      const standing = await debits.collect(asked)
      switch (standing.kind) {
        case 'collected':
          return { kind: 'done' }
        case 'waits':
          return { kind: 'later', until: standing.until }
        case 'never':
          return { kind: 'refused', reason: standing.reason }
      }
    },

    async void(asked) {
      await debits.withdraw(asked)
      return { kind: 'done' }
    },

    async refund(asked, refund) {
      return (await debits.giveBack(asked, refund)) ? { kind: 'done' } : { kind: 'refused', reason: 'not-permitted' }
    },

    refundWay: () => Promise.resolve('reverse-transfer'),
  }
}

function readAccount(typed: string): { number: string; holder: string; kind: MandateKind; bank: string } {
  const { account: number, ...others } = account.parse(JSON.parse(typed))
  return { number, ...others }
}
