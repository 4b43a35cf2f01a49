/** How a merchant sorts payments (M-155), and those that still settle by themselves. */
export const purchaseTabs = ['paid', 'unpaid', 'refund-requested', 'refunded', 'failed', 'being-checked'] as const
export type PurchaseTab = (typeof purchaseTabs)[number]
