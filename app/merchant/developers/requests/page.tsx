import { Download, ScrollText, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { formatDateTime } from '@/components/i18n/format'
import { buttonLook } from '@/components/ui/button-look'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import type { RawQuery } from '../../_parts/list-query'
import { callersOf } from './_parts/callers'
import { RequestForm } from './_parts/request-form'
import { RequestList } from './_parts/request-list'
import { HERE, readRequestQuery, requestsAddress } from './_parts/request-query'

const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.requests')
  return { title: t('title') }
}

/** What the shop's own server asked of the API in the last days, and how it was answered. */
export default async function RequestsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const [raw, desk] = await Promise.all([searchParams, requireDesk('api-log.see', HERE)])
  const { gateway, merchant, locale } = desk
  const { TIME_ZONE, API_LOG_DAYS: days } = gateway.settings
  const { query, filters, isTimeBad } = readRequestQuery(raw, TIME_ZONE)
  const [t, developers, callers, { requests, next, partial }] = await Promise.all([
    getTranslations('merchant.requests'),
    getTranslations('merchant.developers'),
    callersOf(desk),
    gateway.operations.requests.page(merchant.id, { ...query, limit: PAGE }),
  ])
  const isNarrowed = Object.keys(query).length > 0
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text', { days })}
        back={{ href: '/merchant/developers', label: developers('title') }}
        actions={
          requests.length > 0 ? (
            <a href={requestsAddress(`${HERE}/export`, filters)} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('export')}
            </a>
          ) : null
        }
      />
      <RequestForm filters={filters} callers={callers} />
      {isTimeBad ? (
        <Notice tone="warn" className="mb-5">
          {t('badTime')}
        </Notice>
      ) : null}
      {requests.length > 0 ? (
        <RequestList desk={desk} requests={requests} callers={callers} />
      ) : isNarrowed ? (
        <EmptyState icon={SearchX} title={t('notFound')} action={<ButtonLink href={HERE}>{t('clear')}</ButtonLink>}>
          {t('notFoundText')}
        </EmptyState>
      ) : (
        <EmptyState icon={ScrollText} title={t('none')} action={<ButtonLink href="/docs/api">{t('docs')}</ButtonLink>}>
          {t('noneText')}
        </EmptyState>
      )}
      {partial && next ? (
        <p className="mt-4 text-center text-sm text-ink-faint" role="status">
          {t('partial', { at: formatDateTime(next.at, locale) })}
        </p>
      ) : null}
      <Pager label={t(partial ? 'goOn' : 'older')} {...(next && { nextHref: requestsAddress(HERE, filters, next) })} />
    </>
  )
}
