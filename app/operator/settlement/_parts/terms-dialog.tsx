import { Pencil } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { SystemDesk } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { MoneyFields } from '@/components/merchant/money-fields'
import { Checkbox } from '@/components/ui/checkbox'
import { FaultOf } from '@/components/ui/faults'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { publicId } from '@/lib/ids'
import type { SettlementTerms } from '@/lib/settlement/terms'
import { agreeTerms } from '../actions'

/** Agrees on a shop's terms, or changes them, for one currency. */
export async function TermsDialog({ desk, terms, shop }: { desk: SystemDesk; terms: SettlementTerms; shop: string }) {
  const [t, shared] = await Promise.all([getTranslations('settlement.operator'), getTranslations('shared')])
  const { currency } = terms
  const place = `${terms.merchantId}-${currency}`
  const numbers = [
    ['delayDays', String(terms.delayDays)],
    ['reserve', String(terms.reserveBps / 100)],
    ['reserveDays', String(terms.reserveDays)],
    ['fee', String(terms.feeBps / 100)],
    ['vat', String(terms.vatBps / 100)],
  ] as const
  return (
    <DeedDialog
      icon={<Pencil aria-hidden />}
      trigger={t('change')}
      triggerLook={{ kind: 'quiet', size: 'small' }}
      title={t('changeTitle', { shop, currency })}
      description={t('changeText')}
      words={await deedWords(shared('save'))}
      deed={agreeTerms.bind(null, publicId('mer', terms.merchantId))}
    >
      <input type="hidden" name="currency" value={currency} />
      <div className="grid grid-cols-2 gap-3">
        <Field id={`every-${place}`} label={t('field.every')}>
          <Select id={`every-${place}`} name="every" defaultValue={terms.schedule.every}>
            {(['day', 'week', 'month'] as const).map((one) => (
              <option key={one} value={one}>
                {t(`every.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field id={`day-${place}`} label={t('field.day')}>
          <Input
            id={`day-${place}`}
            name="day"
            inputMode="numeric"
            defaultValue={terms.schedule.every === 'day' ? '1' : String(terms.schedule.day)}
          />
          <FaultOf at="day" />
        </Field>
        {numbers.map(([name, value]) => (
          <Field key={name} id={`${name}-${place}`} label={t(`field.${name}`)}>
            <Input
              id={`${name}-${place}`}
              name={name}
              inputMode="decimal"
              autoComplete="off"
              defaultValue={value}
              className="figures text-right"
            />
            <FaultOf at={name} />
          </Field>
        ))}
        <MoneyFields
          locale={desk.locale}
          fields={(['minimum', 'feeFixed'] as const).map((name) => ({
            ...{ name, currency, value: terms[name] },
            label: t(`field.${name}`, { currency }),
          }))}
        />
        <Field id={`zone-${place}`} label={t('field.zone')}>
          <Input id={`zone-${place}`} name="zone" defaultValue={terms.zone} />
          <FaultOf at="zone" />
        </Field>
      </div>
      <Checkbox name="givenBack" label={t('field.givenBack')} defaultChecked={terms.feeGivenBack} />
    </DeedDialog>
  )
}
