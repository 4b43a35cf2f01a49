/**
 * The accounts in which money is booked, per merchant: what an outside system owes for captured legs, and what is owed
 * to the merchant. Balances are sums of entries; nothing is kept beside them.
 */
export const accounts = {
  /** Owed to us by the issuer, telco or bank that carries a leg. */
  receivable: (counterparty: string) => `receivable:${counterparty}`,
  /** Owed by us to the merchant. */
  payable: 'payable:merchant',
} as const
