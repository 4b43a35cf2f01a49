import type { Accounts } from '../accounts/accounts'
import type { Account } from '../accounts/account'
import type { CreditShopper } from '../payments/other-way'
import type { Payment } from '../payments/payment'

/** Refunds that become credit with the shopper, where their means cannot take them back (M-149). */
export interface StoreCredit {
  /** Accounts of whoever paid that can take such a credit; the first of them is used where nobody chooses. */
  accountsFor(payment: Pick<Payment, 'shopperId' | 'currency'>): Promise<Account[]>
  readonly credit: CreditShopper
}

export function createStoreCredit({ accounts }: { accounts: Pick<Accounts, 'ofShopper' | 'topUp'> }): StoreCredit {
  return {
    async accountsFor({ shopperId, currency }) {
      if (!shopperId) return []
      const own = await accounts.ofShopper(shopperId)
      return own.filter(
        (account) => account.currency === currency && !account.expired && !account.lostAt && !account.suspendedAt,
      )
    },

    async credit({ merchantId, accountId, reference, amount, description }) {
      const topped = await accounts.topUp({
        ...{ merchantId, accountId, reference, amount, description, requester: 'refund' },
        // The books of the refund say what the shop owes for it.
        ...{ shop: description, paidTo: 'operator' },
      })
      return topped.kind === 'topped-up' ? { kind: 'done' } : { kind: 'refused', reason: 'declined' }
    },
  }
}
