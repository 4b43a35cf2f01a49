import type { ModuleCode } from '../modules/payment-module'
import type { Currency } from '../money/currency'
import type { LegPrice } from '../payments/fees'
import type { ModuleTerms } from '../payments/module-terms'
import type { SettlementTerms } from './terms'

/** What a merchant pays for a leg: the fee of its module, else the one of its settlement terms, with the tax of the latter. */
export function prices(
  modules: ReadonlyMap<ModuleCode, Pick<ModuleTerms, 'fee'>>,
  agreed: readonly SettlementTerms[],
): (module: ModuleCode, currency: Currency) => LegPrice | undefined {
  return (module, currency) => {
    const terms = agreed.find((each) => each.currency === currency)
    const own = modules.get(module)?.fee
    const isOwn = own !== undefined && (own.bps > 0 || (own.fixed[currency] ?? 0n) > 0n)
    if (isOwn) return { fee: own, vatBps: terms?.vatBps ?? 0, givenBack: terms?.feeGivenBack ?? false }
    if (!terms || (terms.feeBps === 0 && terms.feeFixed === 0n)) return undefined
    const fee = { bps: terms.feeBps, fixed: { [currency]: terms.feeFixed } }
    return { fee, vatBps: terms.vatBps, givenBack: terms.feeGivenBack }
  }
}
