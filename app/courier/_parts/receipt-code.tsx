import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Desk } from '@/app/_glue/desk'
import { QrCode } from '@/components/ui/qr-code'
import type { CashDelivery } from '@/lib/couriers/cash-delivery'

/** The receipt as a code that the buyer scans from the courier's screen; nothing once the cash is handed in or owed. */
export async function receiptCode({ gateway }: Desk, delivery: CashDelivery): Promise<ReactNode> {
  const address = gateway.cashReceipts.addressOf(delivery)
  if (!address) return null
  const { recipient, receiptNumber: number = '' } = delivery
  const t = await getTranslations('courier')
  return (
    <figure className="flex flex-col items-center gap-3 text-center" data-receipt={address}>
      <QrCode text={address} label={t('qr.label', { number })} className="w-full max-w-72 rounded-md" />
      <figcaption className="flex flex-col gap-1 text-sm text-ink-soft">
        <span className="figures font-medium text-ink">
          {recipient.name} · {t('receipt', { number })}
        </span>
        <span>{t('qr.text')}</span>
      </figcaption>
    </figure>
  )
}
