import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { handIn } from '../actions'
import { ReceiptDialog } from './receipt-dialog'
import { receiptCode } from './receipt-code'

/** The courier's cash: each receipt, and the sum to be handed in (M-112). */
export async function CashInHand({ desk }: { desk: Desk }) {
  const { gateway, merchant, person, locale } = desk
  const [t, shared, { deliveries, sums }] = await Promise.all([
    getTranslations('courier'),
    getTranslations('shared'),
    gateway.couriers.inHand(merchant.id, person.id),
  ])
  const buttons = [...sums].map(async ([currency, sum]) => {
    const amount = formatMoney(sum, currency, locale)
    return (
      <DeedDialog
        key={currency}
        trigger={t('handIn', { amount })}
        triggerLook={{ size: 'large' }}
        title={t('handInTitle', { amount })}
        description={t('handInText')}
        words={await deedWords(t('handInConfirm'))}
        deed={handIn.bind(null, currency)}
      />
    )
  })
  const rows = deliveries.map(async (delivery) => {
    const { id, recipient, amount, receiptNumber } = delivery
    const code = await receiptCode(desk, delivery)
    return (
      <li key={id} className="flex items-center justify-between gap-3 py-2.5">
        <span className="min-w-0">
          <span className="block truncate font-medium text-ink">{recipient.name}</span>
          <span className="figures block text-sm text-ink-faint">{t('receipt', { number: receiptNumber ?? '' })}</span>
        </span>
        <span className="flex items-center gap-3">
          <span className="figures font-semibold text-ink">{formatMoney(amount.amount, amount.currency, locale)}</span>
          {code ? (
            <ReceiptDialog
              label={t('qr.show', { name: recipient.name })}
              title={t('qr.title', { name: recipient.name })}
              close={shared('close')}
            >
              {code}
            </ReceiptDialog>
          ) : null}
        </span>
      </li>
    )
  })
  return (
    <Panel className="mb-5">
      <PanelHeader title={t('inHand')} description={deliveries.length > 0 ? t('inHandText') : t('inHandNone')} />
      {deliveries.length > 0 ? (
        <>
          <ul className="mb-4 divide-y divide-line">{await Promise.all(rows)}</ul>
          <div className="flex flex-wrap gap-2">{await Promise.all(buttons)}</div>
        </>
      ) : null}
    </Panel>
  )
}
