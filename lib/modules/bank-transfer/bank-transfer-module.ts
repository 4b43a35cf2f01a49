import { z } from 'zod'
import type { Banks, BookingAnswer } from '../../gateways/bank/bank'
import { invariant } from '../../invariant'
import type { LegToSettle, Outcome, PaymentModule } from '../payment-module'
import { REASONS } from './translate'

const secret = z.strictObject({
  account: z.string().regex(/^[0-9]{6,20}$/),
  password: z.string().min(1).max(64),
  name: z.string().min(1).max(60),
})

/** What the shopper gives: the bank, the account, its holder's name and its password. */
const accountInput = secret.extend({ bank: z.string().max(32) })

/**
 * A transfer from the shopper's account at a bank (document 003). The account is verified with its password, and the money
 * moves only once the shop has confirmed: authorizing holds nothing, capturing is the transfer, and a refund its reversal.
 * Account number and password are with us for one request only; what stays is the bank's own name for the account.
 */
export function createBankTransferModule(banks: Banks): PaymentModule {
  return {
    code: 'bank-transfer',
    timing: 'immediate',
    holdsNothing: true,

    plan({ shopperId, amount, input }) {
      const read = accountInput.safeParse(input)
      // Whoever pays from an account has logged in at the payment server first (M-187, M-205).
      if (!read.success || !shopperId) return Promise.resolve({ kind: 'wrong-input' })
      const { bank, ...typed } = read.data
      if (!banks.takes(bank, amount.currency)) return Promise.resolve({ kind: 'refused', reason: 'account-not-usable' })
      const means = { issuer: bank, lastFour: typed.account.slice(-4) }
      const leg = { module: 'bank-transfer', means, amount: amount.amount, secret: JSON.stringify(typed) }
      return Promise.resolve({ kind: 'planned', legs: [leg] })
    },

    async authorize(leg, typed) {
      const read = secret.safeParse(parsed(typed))
      if (!read.success) return { kind: 'declined', reason: 'interrupted' }
      const bank = bankOf(leg)
      const answer = await banks.verify({ bank, ...read.data, amount: leg.amount, paymentId: leg.paymentId })
      if (answer.kind === 'no-answer') return answer
      if (answer.kind === 'refused') return { kind: 'declined', reason: REASONS[answer.reason] }
      const { accountRef } = answer
      return { kind: 'authorized', hold: { counterparty: `bank:${bank}`, accountRef, holder: read.data.name } }
    },

    async capture(leg) {
      const accountRef = leg.hold?.['accountRef']
      invariant(accountRef, 'only a verified account is transferred from')
      const booked = await banks.transfer({
        ...{ bank: bankOf(leg), transferId: transferOf(leg), accountRef, amount: leg.amount },
        ...{ reference: `${leg.payee.localName} ${leg.orderName}`.slice(0, 80), paymentId: leg.paymentId },
        repeat: leg.repeat,
      })
      return outcomeOf(booked)
    },

    /** Nothing was set aside, and what was not transferred needs no taking back. */
    void: () => Promise.resolve({ kind: 'done' }),

    async refund(leg, { reference, amount, repeat }) {
      const made = { reversalId: reference, transferId: transferOf(leg), amount, repeat }
      return outcomeOf(await banks.reverse({ bank: bankOf(leg), paymentId: leg.paymentId, ...made }))
    },

    refundWay: () => Promise.resolve('reverse-transfer'),
  }
}

const bankOf = ({ means }: Pick<LegToSettle, 'means'>) => String(means['issuer'])

function transferOf({ settleReference }: LegToSettle): string {
  invariant(settleReference, 'a transfer has a reference of its own')
  return settleReference
}

function outcomeOf(answer: BookingAnswer): Outcome {
  switch (answer.kind) {
    case 'booked':
      return { kind: 'done' }
    case 'refused':
      return { kind: 'refused', reason: REASONS[answer.reason] }
    case 'no-answer':
      return answer
  }
}

function parsed(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text)
}
