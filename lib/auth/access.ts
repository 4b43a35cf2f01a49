import type { StaffRole } from './person'

export type Role = StaffRole | 'shopper' | 'api-key' | 'oauth-client' | 'application' | 'operator' | 'auditor'

/**
 * Who may do what. A row per deed, the roles that may do it beside it; whoever is not named may not (P6.1). Ownership
 * is checked besides, where data is read: a shopper's own, a member's own merchant.
 */
const access = {
  // The portal: figures, the list of all payments and its export. A counselor sees single purchases.
  'portal.see': ['owner', 'staff', 'auditor'],
  'payment.see': ['owner', 'staff', 'counselor', 'api-key', 'auditor'],
  'payment.create': ['api-key'],
  'payment.capture': ['owner', 'staff', 'api-key'],
  // Agreeing to a payment that the flow holds until people have; each counts once.
  'payment.approve': ['owner', 'staff'],
  // What the shop says of an order: shipped, delivered.
  'order.note': ['owner', 'staff', 'api-key'],
  // The address that a shopper lets the shop read, for one payment.
  'address.read': ['owner', 'staff', 'api-key'],
  'flow.see': ['owner', 'staff', 'api-key', 'auditor'],
  // Writing a version that nothing follows yet.
  'flow.propose': ['owner', 'api-key'],
  // A stolen API key must not be able to take approvals away: only an owner puts a flow in force.
  'flow.change': ['owner'],
  'payment.cancel': ['owner', 'staff', 'counselor', 'api-key'],
  'payment.refund': ['owner', 'staff', 'counselor', 'api-key'],
  // What shoppers ask to have back; a shopper asks for an own purchase.
  'refund-request.see': ['owner', 'staff', 'counselor', 'api-key', 'auditor'],
  'refund-request.decide': ['owner', 'staff', 'counselor', 'api-key'],
  'refund-request.ask': ['shopper'],
  // Products and amounts sold by an address, and what is charged again and again.
  'link.see': ['owner', 'staff', 'api-key', 'auditor'],
  'link.change': ['owner', 'staff', 'api-key'],
  'subscription.see': ['owner', 'staff', 'api-key', 'auditor'],
  'subscription.change': ['owner', 'staff', 'api-key'],
  // Money that left by hand, booked as paid out.
  'payment.pay-out': ['owner', 'staff'],
  // Besides, the shopper's own grant is asked for.
  'vcard.use': ['api-key'],
  // What the shop is paid out, and where to: two people change the account, of whom one may be the operator.
  'payout.see': ['owner', 'staff', 'api-key', 'auditor'],
  'payout-account.change': ['owner'],
  // Accounts that the merchant itself has opened.
  'account.open': ['api-key'],
  'account.see': ['api-key'],
  'account.charge': ['api-key'],
  'account.refund': ['api-key'],
  // The CAMARA interface; besides, the token's scope is asked for.
  'camara.payment.create': ['oauth-client'],
  'camara.payment.see': ['oauth-client'],
  'camara.payment.change': ['oauth-client'],
  'camara.refund.create': ['oauth-client'],
  'camara.refund.see': ['oauth-client'],
  // The Parlay X interface; besides, the right that the operator gave is asked for (M-77).
  'parlayx.charge': ['application'],
  'parlayx.account.see': ['application'],
  'parlayx.account.change': ['application'],
  'parlayx.sms': ['application'],
  'application.see': ['owner', 'auditor'],
  'application.change': ['owner'],
  'oauth-client.see': ['owner', 'auditor'],
  'oauth-client.change': ['owner'],
  'delivery.see': ['owner', 'staff', 'courier'],
  // Taking cash at the door, and reporting it to the head office.
  'delivery.collect': ['courier'],
  // Giving cash back, and giving up a delivery that nobody will pay.
  'delivery.settle': ['owner', 'staff'],
  // What is accepted and not paid yet: demands, more time.
  'unpaid.see': ['owner', 'staff', 'api-key', 'auditor'],
  'unpaid.change': ['owner', 'staff', 'api-key'],
  // Booking that money which came by giro, and was too much, was transferred back.
  'giro.return': ['owner', 'staff'],
  // What a shop has taken in e-cash becomes owed to it.
  'e-cash.deposit': ['owner', 'staff'],
  // How often products come back.
  'product-rates.see': ['owner', 'staff', 'api-key', 'auditor'],
  // Mandates and files of direct debits, without accounts.
  'debit.see': ['owner', 'staff', 'api-key', 'auditor'],
  // Sending what is due by direct debit at once; the file that went to the bank holds account numbers.
  'debit.collect': ['owner', 'staff'],
  'debit.file': ['owner'],
  // Above their limit, what they decide waits for a second person.
  'dispute.see': ['owner', 'staff', 'counselor', 'api-key', 'auditor'],
  'dispute.answer': ['owner', 'staff', 'api-key'],
  'dispute.decide': ['owner', 'counselor'],
  'dispute.claim': ['shopper'],
  'evidence.see': ['owner', 'staff', 'counselor', 'auditor'],
  'message.see': ['owner', 'staff', 'api-key', 'auditor'],
  'message.resend': ['owner', 'staff'],
  'endpoint.see': ['owner', 'staff', 'auditor'],
  'endpoint.change': ['owner'],
  // The shop's own requests to the API, without what was in them.
  'api-log.see': ['owner', 'staff', 'auditor'],
  'api-key.see': ['owner', 'auditor'],
  'api-key.change': ['owner'],
  'merchant-key.see': ['owner', 'staff', 'auditor'],
  'merchant-key.change': ['owner'],
  'module.see': ['owner', 'staff', 'api-key', 'auditor'],
  // What a shop takes, from whom and at what price; a key may list shoppers, and stop or start a means.
  'module.change': ['owner', 'api-key'],
  'contract.see': ['owner', 'staff', 'api-key', 'auditor'],
  // A stolen API key may only ever ask for more signatures; an owner may ask for fewer too.
  'contract.strengthen': ['owner', 'api-key'],
  'contract.change': ['owner'],
  'merchant.see': ['owner', 'staff', 'counselor', 'auditor'],
  'merchant.change': ['owner'],
  'member.see': ['owner', 'auditor'],
  'member.change': ['owner'],
  'wallet.see': ['shopper'],
  'wallet.change': ['shopper'],
  'purchase.see': ['shopper'],
  // A refund that one of the shop's people asked for, and that waits for the shop's balance: the operator is the second person.
  'refund.release': ['operator'],
  // Everybody who works here, and every shop: opening one, stopping one, stopping a person.
  'people.see': ['operator', 'auditor'],
  'people.change': ['operator'],
  'system.see': ['operator', 'auditor'],
  'system.change': ['operator'],
  'settlement.see': ['operator', 'auditor'],
  'settlement.change': ['operator'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof access

export const actions = Object.keys(access) as Action[]

/** The roles that may do this. */
export function rolesOf(action: Action): readonly Role[] {
  return access[action]
}

/** Whether the role may do this at all. Anything not written in the table is refused. */
export function can(role: Role, action: Action): boolean {
  const allowed: readonly Role[] | undefined = Object.hasOwn(access, action) ? access[action] : undefined
  return allowed?.includes(role) ?? false
}

/** What begins something new at a shop. While the shop is suspended these wait; what runs is finished, and refunds go on. */
const begins: readonly Action[] = [
  'payment.create',
  'vcard.use',
  'account.open',
  'account.charge',
  'camara.payment.create',
  'parlayx.charge',
]

/** Whether a suspended shop may not do this. */
export function isNewWork(action: Action): boolean {
  return begins.includes(action)
}

/** Whether a member may give back this much alone (P6.3); above it a second person has to agree. */
export function withinRefundLimit(member: { readonly refundLimit?: bigint }, amount: bigint): boolean {
  return member.refundLimit === undefined || amount <= member.refundLimit
}
