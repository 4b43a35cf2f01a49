import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { CheckoutView } from '@/components/checkout/checkout-view'
import { formatMoney } from '@/components/i18n/format'
import type { ModuleCode } from '@/lib/modules/payment-module'
import type { OpenCheckout } from './checkout'
import { moduleName } from './module-name'

/** Means that this shop takes for other amounts: whoever looks for one of them is told why it cannot be chosen. */
export async function unavailableMeans(checkout: OpenCheckout): Promise<CheckoutView['unavailable']> {
  const { gateway, payment, outOfBounds, locale } = checkout
  if (outOfBounds.length === 0) return []
  const [t, names, reached] = await Promise.all([
    getTranslations('checkout.bounds'),
    getTranslations('modules'),
    Promise.all(outOfBounds.map(({ module }) => isReached(checkout, module))),
  ])
  const money = (amount: bigint) => formatMoney(amount, payment.currency, locale)
  return outOfBounds
    .filter((_, index) => reached[index])
    .map(({ module, minimum, maximum }) => {
      const installed = gateway.merchantModules.installed.find(({ code }) => code === module)
      const isBelow = minimum !== undefined && payment.amount < minimum
      return {
        code: module,
        name: moduleName(names, installed ?? { code: module }, locale),
        why: isBelow ? t('from', { amount: money(minimum) }) : t('upTo', { amount: money(maximum ?? 0n) }),
      }
    })
}

/** Whether the means could be chosen here if only the amount were another. */
async function isReached({ gateway, payment, person }: OpenCheckout, module: ModuleCode): Promise<boolean> {
  const { merchantId, currency } = payment
  switch (module) {
    case 'vcard':
      return person !== undefined
    case 'phone-bill':
      return (
        (await gateway.phoneBill.offer.standing({ merchantId, currency, isGuest: person === undefined })) === 'open'
      )
    case 'bank-transfer':
      return gateway.settings.BANKS.some(({ currencies }) => currencies.includes(currency))
    case 'giro':
      return gateway.settings.BANK_FILES.some((bank) => bank.currency === currency)
    case 'direct-debit':
      return gateway.mandates.collecting(currency) !== undefined
    case 'e-cash':
      return (await gateway.eCash.caps(currency)) !== undefined
    default:
      return true
  }
}
