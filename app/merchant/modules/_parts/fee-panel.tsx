import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatMoney, formatPercent } from '@/components/i18n/format'
import { MoneyFields } from '@/components/merchant/money-fields'
import { Fact, Facts } from '@/components/ui/facts'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { ModuleTerms } from '@/lib/payments/module-terms'
import { TermsPanel } from './terms-panel'

/** What each payment by a means costs the shop. */
export async function FeePanel({ desk, terms }: { desk: Desk; terms: ModuleTerms }) {
  const { merchant, locale } = desk
  const { bps, fixed } = terms.fee
  const t = await getTranslations('modules.fee')
  return (
    <TermsPanel
      {...{ desk, module: terms.module, which: 'fee', title: t('title'), text: t('text') }}
      form={
        <>
          <Field id="fee-percent" label={t('percent')}>
            <Input
              {...fieldControl('fee-percent', {})}
              name="percent"
              inputMode="decimal"
              autoComplete="off"
              className="figures text-right"
              defaultValue={bps === 0 ? '' : String(bps / 100)}
            />
          </Field>
          <MoneyFields
            locale={locale}
            fields={merchant.currencies.map((currency) => ({
              name: `fixed-${currency}`,
              label: t('fixed', { currency }),
              currency,
              value: fixed[currency],
            }))}
          />
        </>
      }
    >
      <Facts>
        <Fact name={t('percent')}>{bps === 0 ? t('none') : formatPercent(bps / 10_000, locale, 2)}</Fact>
        {merchant.currencies.map((currency) => (
          <Fact key={currency} name={t('fixed', { currency })}>
            {fixed[currency] ? formatMoney(fixed[currency], currency, locale) : t('none')}
          </Fact>
        ))}
      </Facts>
    </TermsPanel>
  )
}
