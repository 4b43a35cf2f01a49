import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { moduleName } from '@/app/_glue/module-name'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Summary } from '@/components/ui/summary'
import { exponentOf } from '@/lib/money/currency'
import { type PaymentQuery, paymentsAddress } from '../payment-query'

/** When, by which means, between which amounts: a form that writes the list's address. */
export async function PaymentFilters({ desk, query, here }: { desk: Desk; query: PaymentQuery; here: string }) {
  const { gateway, merchant, locale } = desk
  const [t, names] = await Promise.all([getTranslations('merchant.payments.filter'), getTranslations('modules')])
  const { tab, q, sort, from, to, means, currency, least, most } = query.words
  const keyboard = merchant.currencies.every((one) => exponentOf(one) === 0) ? 'numeric' : 'decimal'
  return (
    <details className="group mb-4 rounded-lg bg-sunken" open={query.narrowed > 0}>
      <Summary>{query.narrowed > 0 ? t('inUse', { count: query.narrowed }) : t('title')}</Summary>
      <form action={here} className="grid grid-cols-2 gap-3 px-4 pb-4 lg:grid-cols-3">
        {Object.entries({ tab, q, sort }).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <Field id="from" label={t('from')}>
          <Input id="from" type="date" name="from" defaultValue={from} />
        </Field>
        <Field id="to" label={t('to')}>
          <Input id="to" type="date" name="to" defaultValue={to} />
        </Field>
        <Field id="means" label={t('means')} className="col-span-2 lg:col-span-1">
          <Select id="means" name="means" defaultValue={means ?? ''}>
            <option value="">{t('anyMeans')}</option>
            {gateway.merchantModules.installed.map((one) => (
              <option key={one.code} value={one.code}>
                {moduleName(names, one, locale)}
              </option>
            ))}
          </Select>
        </Field>
        <Field id="least" label={t('least')}>
          <Input id="least" name="least" inputMode={keyboard} autoComplete="off" defaultValue={least} />
        </Field>
        <Field id="most" label={t('most')}>
          <Input id="most" name="most" inputMode={keyboard} autoComplete="off" defaultValue={most} />
        </Field>
        {merchant.currencies.length > 1 ? (
          <Field id="currency" label={t('currency')} className="col-span-2 lg:col-span-1">
            <Select id="currency" name="currency" defaultValue={currency ?? ''}>
              <option value="">{t('anyCurrency', { main: merchant.currencies[0] ?? 'KRW' })}</option>
              {merchant.currencies.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          </Field>
        ) : null}
        <p className="col-span-full flex flex-wrap gap-2">
          <Button type="submit">{t('show')}</Button>
          {query.narrowed > 0 ? (
            <ButtonLink href={paymentsAddress(here, { tab, q, sort })} kind="quiet">
              {t('clear')}
            </ButtonLink>
          ) : null}
        </p>
      </form>
    </details>
  )
}
