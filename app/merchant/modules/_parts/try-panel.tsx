import { CircleCheck, CircleX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatMoney } from '@/components/i18n/format'
import { Button } from '@/components/ui/button'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { readTypedAmount } from '@/components/ui/typed-amount'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import type { ModuleTerms } from '@/lib/payments/module-terms'
import { isCurrency } from '@/lib/money/currency'
import { tryModule, type TrialWish } from './try-module'

export interface TrialQuery {
  readonly amount?: string
  readonly currency?: string
  readonly email?: string
}

/** A dry run: what would become of such a payment now, line by line. */
export async function TryPanel({ desk, terms, query }: { desk: Desk; terms: ModuleTerms; query: TrialQuery }) {
  const { merchant, locale } = desk
  const t = await getTranslations('modules.test')
  const currency = query.currency && isCurrency(query.currency) ? query.currency : (merchant.currencies[0] ?? 'KRW')
  const amount = query.amount === undefined ? undefined : readTypedAmount(query.amount, currency)
  const wish: TrialWish | undefined = amount
    ? { amount, currency, ...(query.email && { email: query.email }) }
    : undefined
  const found = wish && (await tryModule(desk, terms, wish))
  const words = { amount: formatMoney(amount ?? 0n, currency, locale), currency }
  const isWrong = query.amount !== undefined && !amount
  return (
    <Panel id="try">
      <PanelHeader title={t('title')} description={t('text')} />
      <form className="flex flex-col gap-4" action="#try">
        <Field id="try-amount" label={t('amount', { currency })} {...(isWrong && { error: t('noAmount') })}>
          <Input
            {...fieldControl('try-amount', { ...(isWrong && { error: t('noAmount') }) })}
            name="amount"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={query.amount}
          />
        </Field>
        <Field id="try-currency" label={t('currency')}>
          <Select {...fieldControl('try-currency', {})} name="currency" defaultValue={currency}>
            {merchant.currencies.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </Select>
        </Field>
        <Field id="try-email" label={t('email')}>
          <Input {...fieldControl('try-email', {})} name="email" type="email" defaultValue={query.email} />
        </Field>
        <Button type="submit" kind="soft">
          {t('run')}
        </Button>
      </form>
      {found ? (
        <ul className="mt-5 flex flex-col gap-2 text-sm" aria-live="polite">
          {found.map((line) => (
            <li key={line.text} className="flex items-start gap-2">
              {line.isGood ? (
                <CircleCheck className="mt-0.5 size-4 shrink-0 text-good" aria-hidden />
              ) : (
                <CircleX className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
              )}
              <span className="text-ink">
                {t(line.text, {
                  ...words,
                  fee: formatMoney(line.fee ?? 0n, currency, locale),
                  words: line.words ?? '',
                })}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  )
}
