import type { Clock } from '../clock'
import { type Uuid, uuidAt } from '../ids'
import type { Money } from '../money/money'
import type { AccountRefusal } from './account'
import type { AccountMoney } from './account-money'
import type { MoneyStore } from './money-store'

/** The leg of a payment that an account carries. */
export interface AccountLeg {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly attempt: number
  readonly leg: number
}

/**
 * What payment modules ask: hold, settle, void and refund by the leg's place. A deed repeated does nothing new and answers
 * the same; a hold that was given up before it was made is not made afterwards.
 */
export interface AccountLegs {
  hold(
    leg: AccountLeg,
    from: {
      readonly accountId: Uuid
      readonly amount: Money
      readonly description: string
      readonly shop: string
    },
  ): Promise<{ kind: 'held' } | { kind: 'refused'; reason: AccountRefusal }>
  /** Takes what is held; refused where the hold is gone. */
  settle(leg: AccountLeg): Promise<{ kind: 'done' | 'refused' }>
  /** Gives the hold up; refused where it was settled. */
  void(leg: AccountLeg): Promise<{ kind: 'done' | 'refused' }>
  refund(
    leg: AccountLeg,
    back: { readonly reference: string; readonly amount: Money },
  ): Promise<{ kind: 'done' | 'refused' }>
}

const REQUESTER = 'leg'

export function createAccountLegs({
  money,
  store,
  findReserved,
  clock,
}: {
  readonly money: Pick<AccountMoney, 'reserve' | 'refund'>
  readonly store: MoneyStore
  /** The reservation that a leg's hold made. */
  readonly findReserved: (request: {
    merchantId: Uuid
    requester: string
    reference: string
  }) => Promise<Uuid | undefined>
  readonly clock: Clock
}): AccountLegs {
  const requestOf = (leg: AccountLeg, deed = '') => ({
    merchantId: leg.merchantId,
    requester: REQUESTER,
    reference: `${leg.paymentId}/${leg.attempt}.${leg.leg}${deed}`,
  })

  return {
    async hold(leg, { accountId, amount, description, shop }) {
      const { paymentId } = leg
      const held = await money.reserve({ ...requestOf(leg), accountId, amount, description, shop, paymentId })
      if (held.kind === 'reserved') return { kind: 'held' }
      return { kind: 'refused', reason: held.kind === 'refused' ? held.reason : 'interrupted' }
    },

    async settle(leg) {
      const reservationId = await findReserved(requestOf(leg))
      if (!reservationId) return { kind: 'refused' }
      const at = clock.now()
      const answer = await store.ask<{ kind: string }>('charge_reservation', {
        ...requestOf(leg, '/settle'),
        fingerprint: '',
        ...{ at, reservationId, id: uuidAt(at) },
      })
      return { kind: answer.kind === 'charged' ? 'done' : 'refused' }
    },

    async void(leg) {
      const answer = await store.ask<{ kind: string }>('void_account_leg', { ...requestOf(leg), at: clock.now() })
      return { kind: answer.kind === 'done' ? 'done' : 'refused' }
    },

    async refund(leg, { reference, amount }) {
      const refunded = await money.refund({
        ...requestOf(leg, `/refund/${reference}`),
        charge: { reference: requestOf(leg, '/settle').reference },
        amount,
      })
      return { kind: refunded.kind === 'refunded' ? 'done' : 'refused' }
    },
  }
}
