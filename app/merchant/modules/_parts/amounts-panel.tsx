import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatMoney } from '@/components/i18n/format'
import { MoneyFields } from '@/components/merchant/money-fields'
import { Checkbox } from '@/components/ui/checkbox'
import { Fact, Facts } from '@/components/ui/facts'
import type { Currency } from '@/lib/money/currency'
import type { AmountLimits, ModuleTerms } from '@/lib/payments/module-terms'
import { TermsPanel } from './terms-panel'

/** Which currencies a means takes, and how much of each. */
export async function AmountsPanel({ desk, terms }: { desk: Desk; terms: ModuleTerms }) {
  const { merchant, locale } = desk
  const t = await getTranslations('modules.amounts')
  const range = ({ minimum, maximum }: AmountLimits, currency: Currency) => {
    const shown = (amount: bigint) => formatMoney(amount, currency, locale)
    if (minimum !== undefined && maximum !== undefined) {
      return t('between', { minimum: shown(minimum), maximum: shown(maximum) })
    }
    if (minimum !== undefined) return t('from', { minimum: shown(minimum) })
    return maximum === undefined ? t('any') : t('upTo', { maximum: shown(maximum) })
  }
  const taken = terms.currencies.length > 0 ? terms.currencies : merchant.currencies
  return (
    <TermsPanel
      {...{ desk, module: terms.module, which: 'amounts', title: t('title'), text: t('text') }}
      form={
        <>
          {merchant.currencies.map((currency) => (
            <fieldset key={currency} className="flex flex-col gap-3">
              <Checkbox
                name={`takes-${currency}`}
                label={currency}
                defaultChecked={terms.currencies.includes(currency)}
              />
              <MoneyFields
                locale={locale}
                fields={(['minimum', 'maximum'] as const).map((end) => ({
                  name: `${end}-${currency}`,
                  label: t(end, { currency }),
                  currency,
                  value: terms.limits[currency]?.[end],
                }))}
              />
            </fieldset>
          ))}
          <p className="text-sm text-ink-faint">{t('empty')}</p>
        </>
      }
    >
      <Facts>
        {taken.map((currency) => (
          <Fact key={currency} name={currency}>
            {range(terms.limits[currency] ?? {}, currency)}
          </Fact>
        ))}
      </Facts>
    </TermsPanel>
  )
}
