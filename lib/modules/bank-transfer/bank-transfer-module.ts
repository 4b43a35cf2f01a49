import { z } from 'zod'
import type { BankAccounts } from '../../bank-accounts/bank-accounts'
import type { Banks, BookingAnswer } from '../../gateways/bank/bank'
import type { Uuid } from '../../ids'
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

/** Or an account that the shopper has kept (M-192): its password is typed each time. */
const savedInput = z.strictObject({ savedAccountId: z.uuid(), password: secret.shape.password })

/**
 * A transfer from the shopper's account at a bank (document 003). The account is verified with its password, and the money
 * moves only once the shop has confirmed: authorizing holds nothing, capturing is the transfer, and a refund its reversal.
 * The password is with us for one request only, and so is the account number unless the shopper keeps the account; what stays
 * with the payment is the bank's own name for the account.
 */
export function createBankTransferModule(banks: Banks, kept: Pick<BankAccounts, 'open'>): PaymentModule {
  /** What was typed, or what was kept with the password that was typed; undefined: neither. */
  async function accountOf(shopperId: Uuid, input: unknown) {
    const saved = savedInput.safeParse(input)
    if (!saved.success) return accountInput.safeParse(input).data
    const { savedAccountId, password } = saved.data
    const account = await kept.open(shopperId, savedAccountId)
    return account && { ...account, password }
  }

  return {
    code: 'bank-transfer',
    timing: 'immediate',
    holdsNothing: true,

    async plan({ shopperId, amount, input }) {
      // Whoever pays from an account has logged in at the payment server first (M-187, M-205).
      const read = shopperId === undefined ? undefined : await accountOf(shopperId, input)
      if (!read) return { kind: 'wrong-input' }
      const { bank, ...typed } = read
      if (!banks.takes(bank, amount.currency)) return { kind: 'refused', reason: 'account-not-usable' }
      const means = { issuer: bank, lastFour: typed.account.slice(-4) }
      const leg = { module: 'bank-transfer', means, amount: amount.amount, secret: JSON.stringify(typed) }
      return { kind: 'planned', legs: [leg] }
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
