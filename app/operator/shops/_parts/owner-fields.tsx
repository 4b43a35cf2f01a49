import { getTranslations } from 'next-intl/server'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'

/** Where the invitation of an owner goes, and in which language. */
export async function OwnerFields({ id, locale }: { id: string; locale: 'ko' | 'en' }) {
  const t = await getTranslations('operator.shops')
  return (
    <>
      <Field id={`${id}-email`} label={t('ownerEmail')}>
        <Input
          {...fieldControl(`${id}-email`, {})}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="off"
          required
          maxLength={254}
        />
      </Field>
      <Field id={`${id}-locale`} label={t('language')}>
        <Select {...fieldControl(`${id}-locale`, {})} name="locale" defaultValue={locale}>
          <option value="ko">한국어</option>
          <option value="en">English</option>
        </Select>
      </Field>
    </>
  )
}
