/**
 * The accounts in which money is booked, per merchant: what an outside system owes for captured legs, and what is owed
 * to the merchant. Balances are sums of entries; of them only what is owed to merchants is carried on beside the books
 * (balance-store.ts).
 */
export const accounts = {
  /** Earned by us: what merchants pay for what was taken, and the tax on it that we pass on. */
  fees: 'income:fees',
  feeVat: 'vat:fees',
  /** Kept back of a merchant's sales for some days. */
  rollingReserve: 'reserve:rolling',
  /** On its way to merchants: ordered from our bank, and not reported as paid. */
  paying: 'paying:bank',
  /** Owed to us by the issuer, billing centre or bank that carries a leg. */
  receivable: (counterparty: string) => `receivable:${counterparty}`,
  /** Loaded into micro accounts by the operator: what was paid for it outside. */
  topUps: 'receivable:top-ups',
  /** Collected for us by a billing centre, which passes it on. */
  collected: (centre: string) => `collected:${centre}`,
  /** Owed by us to the merchant. */
  payable: 'payable:merchant',
  /** A micro account: what is in it is owed by us to its holder; a postpaid one's is owed to us. */
  microAccount: (accountId: string) => `account:${accountId}`,
  /** Value stored in a shopper's wallet: owed by us to whoever holds it. */
  eCashWallet: (walletId: string) => `e-cash:${walletId}`,
  /** What the merchant has taken in e-cash and not deposited yet. */
  eCashOfShop: 'e-cash:shop',
  /** Owed to the merchant once the telephone bill is paid. */
  pending: 'pending:merchant',
  /** Taken for an order whose rest is paid later: owed to the merchant, or to the shopper, once that is known. */
  taken: 'taken:order',
  /** Kept back of what the merchant was paid in advance, until the telephone bill is paid. */
  reserve: 'reserve:merchant',
  /** Owed by us to shoppers: given back after their bill was paid, to be paid out by people. */
  payableToShoppers: 'payable:shopper',
  /** What an issuer, billing centre or bank keeps of what it pays us: its fee. */
  feesOf: (debtor: string) => `expense:fees:${debtor}`,
  /** Money on our account at a bank that has come in by giro, or from those who owed it to us. */
  bank: (bank: string) => `bank:${bank}`,
  /** Come in by giro, and nobody knows yet whose bill it is for. */
  unassigned: 'unassigned:giro',
  /** What people paid out to shoppers, to be found again in the statements of the account it left. */
  paidOut: (by: string) => `paid-out:${by}`,
} as const
