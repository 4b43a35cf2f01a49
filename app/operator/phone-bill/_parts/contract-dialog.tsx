import { Pencil } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { SystemDesk } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Choice } from '@/components/ui/choice'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { PhoneShop } from '@/lib/billing/shop-store'
import { publicId } from '@/lib/ids'
import { agreeContract } from '../actions'

const PAYOUTS = ['collection', 'advance'] as const

/** Changes when a shop has its money: for purchases that begin afterwards. */
export async function ContractDialog({ desk, shop }: { desk: SystemDesk; shop: PhoneShop }) {
  const [t, shared] = await Promise.all([getTranslations('operator.phoneBill.shops'), getTranslations('shared')])
  const name = desk.locale === 'en' ? shop.nameEn || shop.name : shop.name
  const id = `reserve-${shop.id}`
  return (
    <DeedDialog
      icon={<Pencil aria-hidden />}
      trigger={t('change')}
      triggerLook={{ kind: 'quiet', size: 'small' }}
      title={t('changeTitle', { shop: name })}
      description={t('changeText')}
      words={await deedWords(shared('save'))}
      deed={agreeContract.bind(null, publicId('mer', shop.id))}
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-sm font-medium text-ink">{t('payout')}</legend>
        {PAYOUTS.map((payout) => (
          <Choice
            key={payout}
            name="payout"
            value={payout}
            defaultChecked={payout === shop.payout}
            label={t(payout)}
            description={t(`${payout}Text`)}
          />
        ))}
      </fieldset>
      <Field id={id} label={t('reserveField')} hint={t('reserveHint')}>
        <Input
          {...fieldControl(id, { hint: t('reserveHint') })}
          name="reserve"
          inputMode="decimal"
          autoComplete="off"
          maxLength={6}
          className="figures text-right"
          defaultValue={shop.payout === 'advance' ? String(shop.reserveBps / 100) : ''}
        />
      </Field>
    </DeedDialog>
  )
}
