import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { cancelPayment } from '@/app/merchant/payments/[paymentId]/actions'
import { formatDate, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { dayIn } from '@/lib/calendar'
import { saidOf } from '@/lib/desk/cancellation-plan'
import { publicId, uuidAt } from '@/lib/ids'
import type { Unpaid } from '@/lib/unpaid/unpaid'
import { deedWords } from '../../_parts/deed-words'
import { extendBill, sendDemand } from '../actions'

/** What can be done about an order that is not paid yet: remind its payer, give more time, or end it. */
export async function UnpaidDeeds({ desk, unpaid }: { desk: Desk; unpaid: Unpaid }) {
  const { gateway, locale, merchant } = desk
  const t = await getTranslations('merchant.unpaid')
  const bill = unpaid.parts.find(({ billId }) => billId !== undefined)
  const id = publicId('pay', unpaid.paymentId)
  const payment = desk.may('payment.cancel') ? await gateway.payments.find(merchant.id, unpaid.paymentId) : undefined
  const plan = payment && (await gateway.deeds.plan(payment))
  const mayChange = desk.may('unpaid.change')
  return (
    <div className="flex flex-wrap gap-2">
      {mayChange && bill?.billId ? (
        <DeedDialog
          trigger={t('demand.title')}
          triggerLook={{ size: 'small', kind: 'soft' }}
          title={t('demand.title')}
          description={t('demand.text', {
            payer: bill.payer ?? '',
            amount: formatMoney(bill.amount - bill.received, unpaid.currency, locale),
          })}
          words={await deedWords(t('demand.confirm'))}
          deed={sendDemand.bind(null, publicId('gir', bill.billId))}
        />
      ) : null}
      {mayChange && bill?.billId && bill.dueAt ? (
        <DeedDialog
          trigger={t('extend.title')}
          triggerLook={{ size: 'small' }}
          title={t('extend.title')}
          description={t('extend.text', { day: formatDate(bill.dueAt, locale) })}
          words={await deedWords(t('extend.confirm'))}
          deed={extendBill.bind(null, publicId('gir', bill.billId))}
        >
          <Field id={`${id}-due`} label={t('extend.field')}>
            <Input
              {...fieldControl(`${id}-due`, {})}
              type="date"
              name="dueOn"
              required
              defaultValue={dayIn(gateway.settings.TIME_ZONE, bill.dueAt)}
            />
          </Field>
        </DeedDialog>
      ) : null}
      {plan?.kind === 'cancellable' ? (
        <DeedDialog
          trigger={t('cancel.title')}
          triggerLook={{ size: 'small', kind: 'quiet' }}
          title={t('cancel.title')}
          description={t('cancel.text')}
          words={await deedWords(t('cancel.confirm'))}
          isDangerous
          deed={cancelPayment.bind(null, id, saidOf(plan))}
        >
          <input type="hidden" name="token" value={uuidAt(gateway.clock.now())} />
          <Field id={`${id}-reason`} label={t('cancel.reason')}>
            <Input {...fieldControl(`${id}-reason`, {})} name="reason" required maxLength={200} autoComplete="off" />
          </Field>
        </DeedDialog>
      ) : null}
    </div>
  )
}
