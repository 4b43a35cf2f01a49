import { readAmount, readList, readRecord, readText, UnreadableAnswer } from './read-answer'

/** A prepaid account that your shop has opened. Amounts are whole minor units. */
export interface Account {
  readonly id: string
  readonly kind: 'prepaid' | 'postpaid'
  readonly masked: string
  readonly currency: string
  /** Below zero: what the holder of a postpaid account owes. */
  readonly balance: bigint
  /** Set aside by open reservations. */
  readonly held: bigint
  readonly available: bigint
  readonly usedThisMonth: bigint
  readonly status: 'usable' | 'suspended' | 'lost' | 'expired'
  readonly isClaimed: boolean
  readonly validUntil?: string
  readonly createdAt: string
}

/** An account just opened: the only answer that has its number. */
export interface NewAccount extends Account {
  readonly number: string
}

export interface AccountPage {
  readonly accounts: readonly Account[]
  /** To be sent as `after`; null on the last page. */
  readonly next: string | null
}

/** Why an account was not charged. */
export type AccountDecline =
  | 'locked'
  | 'suspended'
  | 'expired'
  | 'wrong-currency'
  | 'purchase-limit'
  | 'day-limit'
  | 'month-limit'
  | 'credit-limit'
  | 'insufficient'

/** A decline is a result: nothing was taken. */
export type AccountCharge =
  | {
      readonly status: 'charged'
      readonly id: string
      readonly accountId: string
      readonly amount: bigint
      readonly currency: string
      /** Right after it. */
      readonly balance: bigint
      readonly at: string
    }
  | {
      readonly status: 'declined'
      readonly accountId: string
      readonly amount: bigint
      readonly currency: string
      readonly reason: AccountDecline
    }

export interface AccountRefund {
  readonly id: string
  readonly accountId: string
  readonly chargeId: string
  readonly amount: bigint
  readonly currency: string
  readonly balance: bigint
  readonly at: string
}

/** An amount set aside; `id` is absent where it was declined. */
export interface AccountReservation {
  readonly status: 'open' | 'charged' | 'released' | 'expired' | 'declined'
  readonly id?: string
  readonly accountId: string
  readonly currency: string
  readonly reserved: bigint
  readonly charged: bigint
  readonly held: bigint
  readonly reason?: AccountDecline
  readonly expiresAt?: string
}

function readBalance(value: unknown): bigint {
  if (typeof value !== 'string' || !/^-?(?:0|[1-9][0-9]{0,14})$/.test(value))
    throw new UnreadableAnswer('not a balance')
  return BigInt(value)
}

/** @throws UnreadableAnswer */
export function readAccount(value: unknown): Account {
  const given = readRecord(value)
  readText(given['id'])
  readText(given['status'])
  return {
    ...(given as unknown as Account),
    balance: readBalance(given['balance']),
    held: readAmount(given['held']),
    available: readAmount(given['available']),
    usedThisMonth: readAmount(given['usedThisMonth']),
  }
}

/** @throws UnreadableAnswer */
export function readNewAccount(value: unknown): NewAccount {
  return { ...readAccount(value), number: readText(readRecord(value)['number']) }
}

/** @throws UnreadableAnswer */
export function readAccountPage(value: unknown): AccountPage {
  const given = readRecord(value)
  return {
    accounts: readList(given['accounts'], readAccount),
    next: given['next'] === null ? null : readText(given['next']),
  }
}

/** @throws UnreadableAnswer where it says neither that it was charged nor that it was declined */
export function readAccountCharge(value: unknown): AccountCharge {
  const given = readRecord(value)
  const amount = readAmount(given['amount'])
  if (given['status'] === 'charged') {
    readText(given['id'])
    const charged = given as unknown as Extract<AccountCharge, { status: 'charged' }>
    return { ...charged, amount, balance: readBalance(given['balance']) }
  }
  if (given['status'] !== 'declined') throw new UnreadableAnswer('neither charged nor declined')
  readText(given['reason'])
  return { ...(given as unknown as Extract<AccountCharge, { status: 'declined' }>), amount }
}

/** @throws UnreadableAnswer */
export function readAccountRefund(value: unknown): AccountRefund {
  const given = readRecord(value)
  readText(given['id'])
  return {
    ...(given as unknown as AccountRefund),
    amount: readAmount(given['amount']),
    balance: readBalance(given['balance']),
  }
}

/** @throws UnreadableAnswer */
export function readAccountReservation(value: unknown): AccountReservation {
  const given = readRecord(value)
  readText(given['status'])
  return {
    ...(given as unknown as AccountReservation),
    reserved: readAmount(given['reserved']),
    charged: readAmount(given['charged']),
    held: readAmount(given['held']),
  }
}
