import { Plus } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { PriceFields } from '@/components/merchant/price-fields'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { TextArea } from '@/components/ui/text-area'
import { createLink } from '../actions'

/** The dialog in which a payment link is made. */
export async function LinkMaker({ desk: { merchant, locale } }: { desk: Desk }) {
  const t = await getTranslations('selling.links')
  const hints = { name: t('nameHint'), stock: t('stockHint'), until: t('untilHint') }
  return (
    <DeedDialog
      icon={<Plus aria-hidden />}
      trigger={t('create')}
      triggerLook={{ kind: 'primary' }}
      title={t('create')}
      words={await deedWords(t('create'))}
      deed={createLink}
    >
      <Field id="link-name" label={t('name')} hint={hints.name}>
        <Input {...fieldControl('link-name', { hint: hints.name })} name="name" required maxLength={100} />
      </Field>
      <Field id="link-description" label={t('description')} aside={t('optional')}>
        <TextArea id="link-description" name="description" maxLength={1000} />
      </Field>
      <PriceFields
        id="link"
        currencies={merchant.currencies}
        locale={locale}
        words={{
          ...{ currency: t('currency'), amount: t('amount') },
          choice: {
            ...{ kind: t('priceKind'), fixed: t('fixed'), open: t('open') },
            ...{ least: t('least'), most: t('most') },
          },
        }}
      />
      <Field id="link-stock" label={t('stock')} hint={hints.stock} aside={t('optional')}>
        <Input
          {...fieldControl('link-stock', { hint: hints.stock })}
          name="stock"
          inputMode="numeric"
          autoComplete="off"
          maxLength={7}
          className="figures"
        />
      </Field>
      <Field id="link-until" label={t('until')} hint={hints.until} aside={t('optional')}>
        <Input {...fieldControl('link-until', { hint: hints.until })} name="until" type="date" className="figures" />
      </Field>
    </DeedDialog>
  )
}
