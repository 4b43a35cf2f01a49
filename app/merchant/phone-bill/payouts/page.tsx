import type { Metadata } from 'next'
import { Banknote, Download } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { formatMoney } from '@/components/i18n/format'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { isCurrency } from '@/lib/money/currency'
import type { RawQuery } from '../../_parts/list-query'
import { DueTable } from '../_parts/due-table'
import { readMark, writeMark } from '../_parts/list-mark'
import { PaidTable } from '../_parts/paid-table'
import { PhoneTabs } from '../_parts/phone-tabs'

const HERE = '/merchant/phone-bill/payouts'
const PAGE = 25

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.phoneBill.payouts')
  return { title: t('title') }
}

/** Refunds that no bill can give back any more: what is owed to shoppers, and what has been paid out. */
export default async function PayoutsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = await searchParams
  const desk = await requireDesk('portal.see', HERE)
  const { gateway, merchant, locale } = desk
  const { credits } = gateway.billing
  const after = readMark(query['after'])
  const before = readMark(query['before'])
  const [t, sums, due, paid] = await Promise.all([
    getTranslations('merchant.phoneBill.payouts'),
    credits.sums(merchant.id),
    credits.due(merchant.id, PAGE + 1, after && { at: after.at, reference: after.name }),
    credits.paid(merchant.id, PAGE + 1, before && { at: before.at, reference: before.name }),
  ])
  const lastDue = due.length > PAGE ? due[PAGE - 1] : undefined
  const lastPaid = paid.length > PAGE ? paid[PAGE - 1] : undefined
  const owed = sums.map(({ amount, currency }) => (isCurrency(currency) ? formatMoney(amount, currency, locale) : ''))
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          paid.length > 0 ? (
            <a href={`${HERE}/export`} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('export')}
            </a>
          ) : null
        }
      />
      <PhoneTabs current="payouts" />
      <div className="flex flex-col gap-5">
        <Panel>
          <PanelHeader
            title={t('due')}
            description={owed.length > 0 ? t('owed', { sum: owed.join(', ') }) : undefined}
          />
          {due.length === 0 ? (
            <EmptyState icon={Banknote} title={t('none')}>
              {t('noneText')}
            </EmptyState>
          ) : (
            <DueTable desk={desk} due={due.slice(0, PAGE)} />
          )}
          <Pager
            label={t('more')}
            {...(lastDue && {
              nextHref: `${HERE}?after=${writeMark({ at: lastDue.createdAt, name: lastDue.reference })}`,
            })}
          />
        </Panel>
        {paid.length > 0 ? (
          <Panel>
            <PanelHeader title={t('paid')} />
            <PaidTable paid={paid.slice(0, PAGE)} locale={locale} />
            <Pager
              label={t('earlier')}
              {...(lastPaid && {
                nextHref: `${HERE}?before=${writeMark({ at: lastPaid.notedAt, name: lastPaid.reference })}`,
              })}
            />
          </Panel>
        ) : null}
      </div>
    </>
  )
}
