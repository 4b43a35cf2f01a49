import {
  type Account,
  type AccountCharge,
  type AccountPage,
  type AccountRefund,
  type AccountReservation,
  type NewAccount,
  readAccount,
  readAccountCharge,
  readAccountPage,
  readAccountRefund,
  readAccountReservation,
  readNewAccount,
} from './account'
import type { ApiClient, RequestOptions } from './api-client'

export interface AccountWish {
  /** ISO 4217, upper case. */
  readonly currency: string
  readonly name?: string
  /** Whole minor units; what is absent is not limited. */
  readonly limits?: { readonly perPurchase?: bigint; readonly perDay?: bigint; readonly perMonth?: bigint }
  /** At or under it, its holder is told the balance by SMS. */
  readonly threshold?: bigint
  /** RFC 3339. */
  readonly validUntil?: string
  /** Where its SMS go. */
  readonly mobile?: string
  /** 4 to 8 digits, with which somebody makes it their own. */
  readonly pin?: string
  readonly locale?: 'ko' | 'en'
}

export interface AccountChargeWish {
  readonly amount: bigint
  readonly currency: string
  /** What the holder reads of it. */
  readonly description: string
}

/**
 * Prepaid accounts that your shop has opened. Every call throws MoaError when it does not succeed; a declined charge is a
 * result, found in `status` and `reason`.
 */
export interface Accounts {
  open(wish: AccountWish, options?: RequestOptions): Promise<NewAccount>
  retrieve(accountId: string): Promise<Account>
  /** Newest first, page by page. */
  list(page?: { readonly after?: string; readonly limit?: number }): Promise<AccountPage>
  /** Checks every limit and takes the amount in one step. */
  charge(accountId: string, wish: AccountChargeWish, options?: RequestOptions): Promise<AccountCharge>
  /** Gives back a part of a charge, or all that is left. */
  refund(
    accountId: string,
    wish: {
      readonly chargeId: string
      readonly amount?: bigint
      readonly currency?: string
      readonly description?: string
    },
    options?: RequestOptions,
  ): Promise<AccountRefund>
  /** Sets an amount aside, for an hour unless you say otherwise. */
  reserve(
    accountId: string,
    wish: AccountChargeWish & { readonly expiresInSeconds?: number },
    options?: RequestOptions,
  ): Promise<AccountReservation>
  /** Takes a part of it; `last` gives back what is left. */
  chargeReservation(
    place: { readonly accountId: string; readonly reservationId: string },
    wish: AccountChargeWish & { readonly last?: boolean },
    options?: RequestOptions,
  ): Promise<AccountCharge>
  release(
    place: { readonly accountId: string; readonly reservationId: string },
    options?: RequestOptions,
  ): Promise<AccountReservation>
}

export function createAccounts(client: ApiClient): Accounts {
  const base = '/api/v1/accounts'
  const place = (accountId: string, rest = '') => `${base}/${encodeURIComponent(accountId)}${rest}`
  const reservation = (of: { readonly accountId: string; readonly reservationId: string }, rest: string) =>
    place(of.accountId, `/reservations/${encodeURIComponent(of.reservationId)}${rest}`)

  return {
    open: (body, options) => client.call({ method: 'POST', path: base, body, read: readNewAccount, ...options }),
    retrieve: (accountId) => client.call({ method: 'GET', path: place(accountId), read: readAccount }),
    list: (page = {}) => client.call({ method: 'GET', path: base, query: { ...page }, read: readAccountPage }),
    charge: (accountId, body, options) =>
      client.call({ method: 'POST', path: place(accountId, '/charges'), body, read: readAccountCharge, ...options }),
    refund: (accountId, body, options) =>
      client.call({ method: 'POST', path: place(accountId, '/refunds'), body, read: readAccountRefund, ...options }),
    reserve: (accountId, body, options) =>
      client.call({
        ...{ method: 'POST', path: place(accountId, '/reservations'), body, read: readAccountReservation },
        ...options,
      }),
    chargeReservation: (of, body, options) =>
      client.call({ method: 'POST', path: reservation(of, '/charges'), body, read: readAccountCharge, ...options }),
    release: (of, options) =>
      client.call({ method: 'POST', path: reservation(of, '/release'), read: readAccountReservation, ...options }),
  }
}
