import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { EntranceFrame } from '@/app/_glue/entrance-frame'
import { runningGateway } from '@/app/_glue/gateway'
import { shopName } from '@/app/_glue/names'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Fact, Facts } from '@/components/ui/facts'
import { PrintButton } from '@/components/ui/print-button'

export const dynamic = 'force-dynamic'

interface Props {
  params: Promise<{ token: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('courier.slip')
  return { title: t('title'), robots: { index: false } }
}

/** The receipt for cash paid at the door, for whoever scanned it from the courier's screen (M-111). Nothing can be done here. */
export default async function ReceiptPage({ params }: Props) {
  const [{ token }, gateway, locale] = await Promise.all([params, runningGateway(), getLocale()])
  const receipt = await gateway.cashReceipts.behind(token)
  const shop = receipt && (await gateway.merchants.get(receipt.merchantId))
  if (!shop) notFound()
  const t = await getTranslations('courier.slip')
  const { orderName, amount, number, courierName, takenAt, until, state } = receipt
  return (
    <EntranceFrame title={t('title')} text={t(state)}>
      <p className="figures mb-4 text-3xl font-bold text-ink">{formatMoney(amount.amount, amount.currency, locale)}</p>
      <Facts>
        <Fact name={t('shop')}>{shopName(shop, locale)}</Fact>
        <Fact name={t('order')}>{orderName}</Fact>
        <Fact name={t('number')}>
          <span className="figures">{number}</span>
        </Fact>
        <Fact name={t('at')}>
          <span className="figures">{formatDateTime(takenAt, locale)}</span>
        </Fact>
        <Fact name={t('courier')}>{courierName}</Fact>
      </Facts>
      <p className="mt-5 text-sm text-ink-faint">{t('until', { at: formatDateTime(until, locale) })}</p>
      <div className="mt-4 print:hidden">
        <PrintButton label={t('print')} />
      </div>
    </EntranceFrame>
  )
}
