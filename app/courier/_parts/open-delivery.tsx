import { MapPin, Phone } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDate, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Choice } from '@/components/ui/choice'
import { type CashDelivery, visitReasons } from '@/lib/couriers/cash-delivery'
import { collect, giveUp, visit } from '../actions'

/** One delivery with what the courier needs at the door: who, where, how much, and two large buttons. */
export async function OpenDelivery({ desk, delivery }: { desk: Desk; delivery: CashDelivery }) {
  const { gateway, locale } = desk
  const { id, recipient, orderName, dueAt, visits } = delivery
  const t = await getTranslations('courier')
  const amount = formatMoney(delivery.amount.amount, delivery.amount.currency, locale)
  const last = visits.at(-1)
  return (
    <li className="flex flex-col gap-4 rounded-lg border border-line bg-raised p-5">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <h3 className="truncate text-lg font-bold text-ink">{recipient.name}</h3>
          <p className="truncate text-sm text-ink-soft">{orderName}</p>
        </div>
        <p className="figures text-2xl font-bold whitespace-nowrap text-ink">{amount}</p>
      </div>
      <div className="flex flex-col gap-2 text-ink">
        <p className="flex items-start gap-2">
          <MapPin className="mt-1 size-4 shrink-0 text-ink-faint" aria-hidden />
          <span>
            {recipient.address}
            {recipient.note ? <span className="block text-sm text-ink-soft">{recipient.note}</span> : null}
          </span>
        </p>
        <a
          href={`tel:${recipient.phone}`}
          className="figures flex min-h-11 items-center gap-2 self-start rounded-md text-accent-strong hover:underline"
        >
          <Phone className="size-4 shrink-0" aria-hidden />
          {t('call', { number: recipient.phone })}
        </a>
        <p className="text-sm text-ink-faint">
          {t('due', { date: formatDate(dueAt, locale, gateway.settings.TIME_ZONE) })}
          {last ? ` · ${t('visits', { count: visits.length, reason: t(`reason.${last.reason}`) })}` : ''}
        </p>
      </div>
      <div className="grid gap-2 sm:grid-cols-2">
        {desk.may('delivery.collect') ? (
          <>
            <DeedDialog
              trigger={t('collect')}
              triggerLook={{ kind: 'primary', size: 'large' }}
              title={t('collectTitle', { amount })}
              description={t('collectText', { name: recipient.name, order: orderName })}
              words={await deedWords(t('collectConfirm', { amount }))}
              deed={collect.bind(null, id)}
            />
            <DeedDialog
              trigger={t('visit')}
              triggerLook={{ size: 'large' }}
              title={t('visitTitle')}
              description={t('visitText')}
              words={await deedWords(t('visitConfirm'))}
              deed={visit.bind(null, id)}
            >
              <fieldset className="flex flex-col gap-2">
                <legend className="sr-only">{t('visitTitle')}</legend>
                {visitReasons.map((reason, index) => (
                  <Choice
                    key={reason}
                    name="reason"
                    value={reason}
                    defaultChecked={index === 0}
                    label={t(`reason.${reason}`)}
                  />
                ))}
              </fieldset>
            </DeedDialog>
          </>
        ) : null}
        {desk.may('delivery.settle') ? (
          <DeedDialog
            trigger={t('giveUp')}
            title={t('giveUpTitle')}
            description={t('giveUpText')}
            words={await deedWords(t('giveUpConfirm'))}
            isDangerous
            deed={giveUp.bind(null, id)}
          />
        ) : null}
      </div>
    </li>
  )
}
