import type { Currency } from '@/lib/money/currency'
import type { ModuleTerms } from '@/lib/payments/module-terms'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { MoneyFields } from './money-fields'

interface Props {
  /** Unique on the page. */
  readonly id: string
  readonly fee: ModuleTerms['fee']
  readonly currencies: readonly Currency[]
  readonly words: { readonly percent: string; readonly fixed: (currency: Currency) => string }
  readonly locale: 'ko' | 'en'
}

/** What a payment by a module costs: a part of the amount, and a sum in each currency. */
export function FeeFields({ id, fee: { bps, fixed }, currencies, words, locale }: Props) {
  return (
    <>
      <Field id={id} label={words.percent}>
        <Input
          {...fieldControl(id, {})}
          name="percent"
          inputMode="decimal"
          autoComplete="off"
          className="figures text-right"
          defaultValue={bps === 0 ? '' : String(bps / 100)}
        />
      </Field>
      <MoneyFields
        locale={locale}
        fields={currencies.map((currency) => ({
          name: `fixed-${currency}`,
          label: words.fixed(currency),
          currency,
          value: fixed[currency],
        }))}
      />
    </>
  )
}
