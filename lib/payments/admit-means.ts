import type { ModuleCode } from '../modules/payment-module'
import type { Currency } from '../money/currency'
import type { Buyer, ModuleTerms } from './module-terms'
import type { Payment } from './payment'
import type { PaymentParts, Shop } from './parts'

/** Why a shop does not take what was offered to pay with, though the module is active there. */
export type TermsRefusal = 'amount-out-of-bounds' | 'currency-not-carried' | 'means-do-not-mix' | 'shopper-not-admitted'

/** What one module carries of a payment. */
export interface Share {
  readonly module: ModuleCode
  readonly amount: bigint
}

/**
 * Whether a shop takes these means on its terms: amounts and currency, which of them may stand together, and who may use
 * them (M-158). Asked where a payment begins, so that a page drawn before a change lets nobody through (P9.5). The database
 * is asked only where a module is not open to everybody.
 */
export async function admitMeans(
  payment: Pick<Payment, 'merchantId' | 'currency' | 'channel' | 'shopperId' | 'email'>,
  shares: readonly Share[],
  shop: Shop,
  parts: Pick<PaymentParts, 'openTo'>,
): Promise<TermsRefusal | undefined> {
  const carried = new Map<ModuleCode, bigint>()
  for (const { module, amount } of shares) carried.set(module, (carried.get(module) ?? 0n) + amount)
  for (const [module, amount] of carried) {
    const fault = boundsFault(shop.terms.get(module), amount, payment.currency)
    if (fault) return fault
  }
  const codes = [...carried.keys()]
  if (!mayCombine(codes, shop.terms)) return 'means-do-not-mix'
  const restricted = codes.filter((code) => shop.terms.get(code)?.audience === 'listed')
  if (restricted.length === 0) return undefined
  const open = await parts.openTo(payment.merchantId, restricted, buyerOf(payment))
  return restricted.every((code) => open.has(code)) ? undefined : 'shopper-not-admitted'
}

/** Whether a means may carry so much in a currency. A module without terms of its own has no bounds. */
export function boundsFault(
  terms: Pick<ModuleTerms, 'currencies' | 'limits'> | undefined,
  amount: bigint,
  currency: Currency,
): 'amount-out-of-bounds' | 'currency-not-carried' | undefined {
  if (!terms) return undefined
  if (terms.currencies.length > 0 && !terms.currencies.includes(currency)) return 'currency-not-carried'
  const { minimum, maximum } = terms.limits[currency] ?? {}
  const fits = (minimum === undefined || amount >= minimum) && (maximum === undefined || amount <= maximum)
  return fits ? undefined : 'amount-out-of-bounds'
}

/** Whether every two of these modules agree to stand in one payment. Several legs of one module are one of them. */
function mayCombine(
  codes: readonly ModuleCode[],
  terms: ReadonlyMap<ModuleCode, Pick<ModuleTerms, 'combination'>>,
): boolean {
  const accepts = (one: ModuleCode, other: ModuleCode) => {
    const combination = terms.get(one)?.combination ?? { kind: 'any' }
    return combination.kind === 'any' || (combination.kind === 'listed' && combination.with.includes(other))
  }
  return codes.every((one) => codes.every((other) => one === other || accepts(one, other)))
}

/**
 * An address that a guest typed proves nothing: at the hosted checkout only who is logged in counts. A payment of the
 * shop's own server names its shopper by the address that the shop gave.
 */
function buyerOf({ channel, shopperId, email }: Pick<Payment, 'channel' | 'shopperId' | 'email'>): Buyer {
  if (shopperId) return { shopperId }
  return channel === 'direct' && email ? { email } : {}
}
