import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Choice } from '@/components/ui/choice'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { dayIn } from '@/lib/calendar'
import type { CreditByHand } from '@/lib/billing/credits'
import { publicId } from '@/lib/ids'
import { paidOutWays } from '@/lib/messages/message'
import { deedWords } from '../../_parts/deed-words'
import { payOut } from '../actions'

/** Books one payout that was made: how, by what it is found again, and on which day. */
export async function PayoutDialog({ desk, credit }: { desk: Desk; credit: CreditByHand }) {
  const { gateway, locale } = desk
  const { settings, clock } = gateway
  const t = await getTranslations('merchant.phoneBill.payouts')
  const id = `payout-${credit.reference}`
  const amount = formatMoney(credit.amount, credit.currency, locale)
  const day = (at: Date) => dayIn(settings.TIME_ZONE, at)
  return (
    <DeedDialog
      trigger={t('pay')}
      triggerLook={{ size: 'small' }}
      title={t('payTitle', { amount })}
      description={t('payText', { order: credit.orderName, line: credit.masked })}
      words={await deedWords(t('confirm', { amount }))}
      deed={payOut.bind(null, publicId('pay', credit.paymentId), credit.reference)}
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-sm font-medium text-ink">{t('by')}</legend>
        {paidOutWays.map((way) => (
          <Choice
            key={way}
            name="by"
            value={way}
            required
            defaultChecked={way === 'bank'}
            label={t(`way.${way}`)}
            description={t(`wayText.${way}`)}
          />
        ))}
      </fieldset>
      <Field id={`${id}-named`} label={t('named')} hint={t('namedHint')}>
        <Input
          {...fieldControl(`${id}-named`, { hint: t('namedHint') })}
          name="named"
          required
          maxLength={60}
          autoComplete="off"
        />
      </Field>
      <Field id={`${id}-day`} label={t('paidOn')}>
        <Input
          {...fieldControl(`${id}-day`, {})}
          type="date"
          name="paidOn"
          required
          min={day(credit.createdAt)}
          max={day(clock.now())}
          defaultValue={day(clock.now())}
        />
      </Field>
    </DeedDialog>
  )
}
