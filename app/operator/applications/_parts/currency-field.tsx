import { getTranslations } from 'next-intl/server'
import { Field, fieldControl } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { type Currency, currencyCodes } from '@/lib/money/currency'

export async function CurrencyField({ id, value }: { id: string; value: Currency }) {
  const t = await getTranslations('operator.applications')
  return (
    <Field id={id} label={t('currency')}>
      <Select {...fieldControl(id, {})} name="currency" defaultValue={value}>
        {currencyCodes.map((code) => (
          <option key={code}>{code}</option>
        ))}
      </Select>
    </Field>
  )
}
