import { ReceiptText } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { formatDate } from '@/components/i18n/format'
import { requireDesk } from '../_glue/desk'
import { shopName } from '../_glue/names'
import { OutlookTiles } from './payouts/_parts/outlook-tiles'
import { DayTiles } from './_parts/day-tiles'
import { PastDaysPanel } from './_parts/past-days-panel'
import { PaymentList } from './_parts/payment-list'

const LATEST = 8

/** Today at a glance, and the latest payments. */
export default async function OverviewPage() {
  const desk = await requireDesk('portal.see', '/merchant')
  const { gateway, merchant, locale } = desk
  const [t, today, weekAgo, latest, outlook] = await Promise.all([
    getTranslations('merchant'),
    gateway.statistics.today(merchant.id),
    gateway.statistics.weekAgo(merchant.id),
    gateway.purchases.page(merchant.id, { limit: LATEST }),
    gateway.settlement.outlook(merchant.id),
  ])
  return (
    <>
      <PageHeader
        title={t('overview.title', { shop: shopName(merchant, locale) })}
        description={t('overview.text', { date: formatDate(gateway.clock.now(), locale) })}
      />
      <DayTiles today={today} weekAgo={weekAgo} main={merchant.currencies[0] ?? 'KRW'} locale={locale} />
      <OutlookTiles outlook={outlook} locale={locale} />
      <PastDaysPanel desk={desk} currency={merchant.currencies[0] ?? 'KRW'} />
      <Panel className="mt-5">
        <PanelHeader
          title={t('overview.latest')}
          actions={
            <ButtonLink href="/merchant/payments" size="small" kind="quiet">
              {t('overview.all')}
            </ButtonLink>
          }
        />
        {latest.length === 0 ? (
          <EmptyState
            icon={ReceiptText}
            title={t('payments.none.title')}
            action={<ButtonLink href="/merchant/developers">{t('payments.none.action')}</ButtonLink>}
          >
            {t('payments.none.text')}
          </EmptyState>
        ) : (
          <PaymentList payments={latest} locale={locale} label={t('overview.latest')} base="/merchant/payments" />
        )}
      </Panel>
    </>
  )
}
