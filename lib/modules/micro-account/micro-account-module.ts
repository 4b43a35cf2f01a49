import { z } from 'zod'
import type { Account } from '../../accounts/account'
import type { Accounts } from '../../accounts/accounts'
import type { UnregisteredNotices } from '../../accounts/unregistered-notices'
import type { DeclineReason } from '../../payments/decline-reason'
import type { LegToSettle, MeansPlan, PaymentModule, PlanRequest } from '../payment-module'
import { REASONS } from './translate'

const pin = z.string().regex(/^[0-9]{4,8}$/)

/** An account of the shopper's own, by one tap, with its PIN where it has one. */
const ownInput = z.strictObject({ accountId: z.uuid(), pin: pin.optional() })

/** The number on an account's card and its PIN, typed by whoever holds it (M-89). */
const typedInput = z.strictObject({
  number: z.string().regex(/^[0-9]{16}$/),
  pin,
  /** E.164. Where to say that there is no such account (M-93), and nowhere else (N10). */
  mobile: z
    .string()
    .regex(/^\+[1-9][0-9]{7,14}$/)
    .optional(),
})

export interface MicroAccountParts {
  readonly accounts: Pick<Accounts, 'find' | 'verifyPin' | 'legs'>
  readonly notices: UnregisteredNotices
}

/**
 * A micro account carries the amount (document 001): held, taken and given back in our own books, checked and charged in
 * one step (N9). The holder's SMS are written where the account is charged.
 */
export function createMicroAccountModule({ accounts, notices }: MicroAccountParts): PaymentModule {
  const { legs } = accounts

  async function ownAccount(
    { shopperId }: PlanRequest,
    typed: z.output<typeof ownInput>,
  ): Promise<Account | DeclineReason> {
    const account = await accounts.find(typed.accountId)
    if (!account || !shopperId || account.shopperId !== shopperId) return 'micro-account-wrong'
    if (!account.hasPin) return account
    if (typed.pin === undefined) return account.pinLocked ? 'pin-locked' : 'wrong-pin'
    const proved = await accounts.verifyPin({ id: account.id }, typed.pin)
    if (proved.kind === 'right') return account
    return proved.kind === 'locked' ? 'pin-locked' : 'wrong-pin'
  }

  async function typedAccount(
    { merchantId, paymentId, locale }: PlanRequest,
    typed: z.output<typeof typedInput>,
  ): Promise<Account | DeclineReason> {
    const proved = await accounts.verifyPin({ number: typed.number }, typed.pin)
    if (proved.kind === 'right') return proved.account
    const { number, mobile } = typed
    if (mobile !== undefined) {
      await notices.tell({ merchantId, paymentId, to: mobile, lastFour: number.slice(-4), locale: locale ?? 'ko' })
    }
    // Nobody learns from the answer whether there is such an account, or why it could not be used (P6.7).
    return 'micro-account-wrong'
  }

  function planned(account: Account | DeclineReason, { amount }: Pick<PlanRequest, 'amount'>): MeansPlan {
    if (typeof account === 'string') return { kind: 'refused', reason: account }
    if (account.currency !== amount.currency) return { kind: 'refused', reason: 'not-permitted' }
    const means = { accountId: account.id, lastFour: account.lastFour }
    return { kind: 'planned', legs: [{ module: 'micro-account', amount: amount.amount, means }] }
  }

  return {
    code: 'micro-account',
    timing: 'immediate',

    async plan(request) {
      const own = ownInput.safeParse(request.input)
      if (own.success) return planned(await ownAccount(request, own.data), request)
      const typed = typedInput.safeParse(request.input)
      if (typed.success) return planned(await typedAccount(request, typed.data), request)
      return { kind: 'wrong-input' }
    },

    /** Its PIN was typed when the holder agreed; limits, suspension and balance are asked at each charge. */
    async planStanding(request) {
      const account = await accounts.find(String(request.means['accountId']))
      return planned(account?.shopperId === request.shopperId ? account : 'micro-account-wrong', request)
    },

    async authorize(leg) {
      const held = await legs.hold(placeOf(leg), {
        ...{ accountId: String(leg.means['accountId']), amount: leg.amount },
        ...{ description: leg.orderName, shop: leg.payee.localName },
      })
      return held.kind === 'held'
        ? { kind: 'authorized', hold: { counterparty: 'micro-account' } }
        : { kind: 'declined', reason: REASONS[held.reason] }
    },

    async capture(leg) {
      const settled = await legs.settle(placeOf(leg))
      return settled.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: 'hold-lost' }
    },

    async void(leg) {
      const released = await legs.void(placeOf(leg))
      return released.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: 'not-permitted' }
    },

    async refund(leg, { reference, amount }) {
      const given = await legs.refund(placeOf(leg), { reference, amount })
      return given.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: 'not-permitted' }
    },
  }
}

function placeOf({ merchantId, paymentId, attempt, leg }: LegToSettle) {
  return { merchantId, paymentId, attempt, leg }
}
