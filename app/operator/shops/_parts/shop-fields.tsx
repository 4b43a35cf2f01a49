import { getTranslations } from 'next-intl/server'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { currencyCodes } from '@/lib/money/currency'
import { OwnerFields } from './owner-fields'

/** What has to be known of a shop before it is opened, and who its first owner is. */
export async function ShopFields({ locale }: { locale: 'ko' | 'en' }) {
  const t = await getTranslations('operator.shops')
  return (
    <>
      <Field id="shop-name" label={t('name')}>
        <Input {...fieldControl('shop-name', {})} name="name" required maxLength={60} autoComplete="off" />
      </Field>
      <Field id="shop-name-en" label={t('nameEn')}>
        <Input {...fieldControl('shop-name-en', {})} name="nameEn" required maxLength={60} autoComplete="off" />
      </Field>
      <Field id="shop-category" label={t('category')} hint={t('categoryHint')}>
        <Input
          {...fieldControl('shop-category', { hint: t('categoryHint') })}
          name="categoryCode"
          inputMode="numeric"
          pattern="[0-9]{4}"
          required
          maxLength={4}
          autoComplete="off"
        />
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-sm font-medium text-ink">{t('currencies')}</legend>
        {currencyCodes.map((code) => (
          <Checkbox key={code} name="currency" value={code} label={code} defaultChecked={code === 'KRW'} />
        ))}
      </fieldset>
      <OwnerFields id="shop-owner" locale={locale} />
    </>
  )
}
