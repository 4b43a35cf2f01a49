import { createHash } from 'node:crypto'
import type { Clock } from '../clock'
import { uuidAt } from '../ids'
import { accounts } from '../ledger/accounts'
import { HOUSE_MERCHANT } from '../merchants/house'
import type { Money } from '../money/money'
import { bigintAsText } from '../payments/store'
import type {
  AccountCharge,
  AccountRequest,
  AccountReservation,
  ChargeRequest,
  ChargeReservationRequest,
  ChargeReservationResult,
  ChargeResult,
  RefundRequest,
  RefundResult,
  ReservationPlace,
  ReservationResult,
  ReserveRequest,
  ReserveResult,
  SplitChargeRequest,
  SplitChargeResult,
  TopUpRequest,
  TopUpResult,
} from './account'
import type {
  ChargeToMake,
  MoneyStore,
  StoredAnswer,
  StoredCharge,
  StoredRequest,
  StoredReservation,
} from './money-store'

/** What moves the money of accounts. Every request has a reference; repeated with it, it is answered as the first time. */
export interface AccountMoney {
  charge(request: ChargeRequest): Promise<ChargeResult>
  chargeSplit(request: SplitChargeRequest): Promise<SplitChargeResult>
  /** Gives a charge back, whole or in part, whatever state the account is in. */
  refund(request: RefundRequest): Promise<RefundResult>
  /** Sets an amount aside. */
  reserve(request: ReserveRequest): Promise<ReserveResult>
  /** Sets more aside; what is held already moves to this day's and month's use with it. */
  reserveMore(place: ReservationPlace, amount: Money): Promise<ReservationResult>
  /** Takes a part of what is held. It was allowed when it was set aside, so limits are not asked again. */
  chargeReservation(request: ChargeReservationRequest): Promise<ChargeReservationResult>
  release(place: ReservationPlace): Promise<ReservationResult>
  reservation(place: ReservationPlace): Promise<AccountReservation | undefined>
  /** Gives back what is left of reservations that are over; how many. For the job. */
  expireReservations(batch: number): Promise<number>
  /** Loads money (balanceUpdate). A postpaid account owes so much less. */
  topUp(request: TopUpRequest): Promise<TopUpResult>
}

export interface MoneyParts {
  readonly store: MoneyStore
  readonly findReservation: (place: ReservationPlace) => Promise<StoredReservation | undefined>
  readonly clock: Clock
}

export function createAccountMoney({ store, findReservation, clock }: MoneyParts): AccountMoney {
  /** A request with what tells it from another that has its reference by mistake. */
  function stored(request: AccountRequest & { readonly fingerprint?: Uint8Array }, asked: object): StoredRequest {
    const { merchantId, requester, reference, fingerprint } = request
    const print = fingerprint ?? createHash('sha256').update(JSON.stringify(asked, bigintAsText)).digest()
    return { merchantId, requester, reference, fingerprint: Buffer.from(print).toString('hex'), at: clock.now() }
  }

  function toMake(
    request: Omit<SplitChargeRequest, 'fingerprint'> & Pick<ReserveRequest, 'fingerprint' | 'expiresAt' | 'paymentId'>,
    mode: 'charge' | 'reserve',
  ): ChargeToMake {
    const { currency, description, shop, expiresAt, paymentId, parts, ownOnly = false } = request
    const base = stored(request, { mode, currency, description, parts })
    return {
      ...base,
      ...{ mode, currency, description, shop, ownOnly },
      ...(expiresAt && { expiresAt }),
      ...(paymentId && { paymentId }),
      accounts: parts.map(({ accountId }) => accountId),
      amounts: parts.map(({ amount }) => amount),
      ids: parts.map(() => uuidAt(base.at)),
    }
  }

  const whole = <R extends ChargeRequest>({ accountId, amount: { amount, currency }, ...request }: R) => ({
    ...request,
    currency,
    parts: [{ accountId, amount }],
  })

  return {
    async charge(request) {
      const answer = await store.charge(toMake(whole(request), 'charge'))
      switch (answer.kind) {
        case 'charged':
          return { kind: 'charged', charge: readCharge(answer.charges[0]), ...factsOf(answer) }
        case 'refused':
          return { kind: 'refused', reason: answer.reason, repeated: answer.repeated ?? false }
        default:
          return { kind: 'reference-reused' }
      }
    },

    async chargeSplit(request) {
      const answer = await store.charge(toMake(request, 'charge'))
      switch (answer.kind) {
        case 'charged':
          return { kind: 'charged', charges: answer.charges.map(readCharge), ...factsOf(answer) }
        case 'refused':
          return { kind: 'refused', reason: answer.reason, part: answer.part ?? 0, repeated: answer.repeated ?? false }
        default:
          return { kind: 'reference-reused' }
      }
    },

    async reserve(request) {
      const answer = await store.charge(toMake(whole(request), 'reserve'))
      switch (answer.kind) {
        case 'reserved':
          return { kind: 'reserved', reservationId: answer.reservationId, repeated: answer.repeated ?? false }
        case 'refused':
          return { kind: 'refused', reason: answer.reason, repeated: answer.repeated ?? false }
        default:
          return { kind: 'reference-reused' }
      }
    },

    async reserveMore(place, { amount, currency }) {
      return reservationResult(await store.ask('reserve_more', { ...place, amount, currency, at: clock.now() }))
    },

    async chargeReservation({ reservationId, amount, description, last, ...request }) {
      const asked = { reservationId, ...amount, description, last }
      const base = stored(request, asked)
      const answer: Answer<ChargeReservationResult> = await store.ask('charge_reservation', {
        ...base,
        ...asked,
        id: uuidAt(base.at),
      })
      switch (answer.kind) {
        case 'charged':
          return { kind: 'charged', charge: readCharge(answer.charges[0]), ...factsOf(answer) }
        case 'refused':
          return { kind: 'refused', reason: answer.reason, repeated: answer.repeated ?? false }
        default:
          return { kind: 'reference-reused' }
      }
    },

    async release(place) {
      return reservationResult(await store.ask('release_reservation', { ...place, at: clock.now() }))
    },

    async reservation(place) {
      const found = await findReservation(place)
      return found && readReservation(found)
    },

    expireReservations: (batch) => store.expire(clock.now(), batch),

    async refund({ charge, amount, description, shop, ...request }) {
      const which =
        'id' in charge
          ? { chargeId: charge.id, accountId: charge.accountId }
          : { chargeReference: charge.reference, part: charge.part ?? 0 }
      const asked = { ...which, ...amount, description }
      const base = stored(request, asked)
      const answer: Answer<RefundResult> = await store.ask('refund_account_charge', {
        ...base,
        ...asked,
        shop,
        id: uuidAt(base.at),
      })
      switch (answer.kind) {
        case 'refunded':
          return { kind: 'refunded', refund: readCharge(answer.charges[0]), ...factsOf(answer) }
        case 'refused':
          return { kind: 'refused', reason: answer.reason, repeated: answer.repeated ?? false }
        default:
          return { kind: 'reference-reused' }
      }
    },

    async topUp({ accountId, amount, description, shop, paidTo, paymentId, validForDays, ...request }) {
      const asked = { accountId, ...amount, description, paidTo, paymentId, validForDays }
      // Money that is with the operator is booked at the house.
      const merchantId = paidTo === 'merchant' ? request.merchantId : HOUSE_MERCHANT
      const base = stored({ ...request, merchantId }, asked)
      const answer: Answer<TopUpResult> = await store.ask('top_up_account', {
        ...base,
        ...asked,
        shop,
        kind: 'top-up',
        contra: paidTo === 'operator' ? accounts.topUps : accounts.payable,
        id: uuidAt(base.at),
      })
      switch (answer.kind) {
        case 'topped-up':
          return { kind: 'topped-up', movement: readCharge(answer.charges[0]), ...factsOf(answer) }
        case 'refused':
          return { kind: 'refused', reason: answer.reason, repeated: answer.repeated ?? false }
        default:
          return { kind: 'reference-reused' }
      }
    },
  }
}

type ReasonIn<Result> =
  Extract<Result, { kind: 'refused' }> extends { reason: infer Reason extends string } ? Reason : never
type Answer<Result> = StoredAnswer<ReasonIn<Result>>

export function readCharge({ id, accountId, amount, balance }: StoredCharge): AccountCharge {
  return { id, accountId, amount: BigInt(amount), balance: BigInt(balance) }
}

function factsOf({ currency, at, repeated }: Extract<StoredAnswer<string>, { charges: unknown }>) {
  return { currency, at: new Date(at), repeated: repeated ?? false }
}

function reservationResult(
  answer: { kind: 'done'; reservation: StoredReservation } | Extract<ReservationResult, { kind: 'refused' }>,
): ReservationResult {
  return answer.kind === 'done' ? { kind: 'done', reservation: readReservation(answer.reservation) } : answer
}

function readReservation({
  reserved,
  charged,
  held,
  expiresAt,
  createdAt,
  ...same
}: StoredReservation): AccountReservation {
  return {
    ...same,
    reserved: BigInt(reserved),
    charged: BigInt(charged),
    held: BigInt(held),
    createdAt: new Date(createdAt),
    ...(expiresAt !== null && { expiresAt: new Date(expiresAt) }),
  }
}
