import type { Metadata } from 'next'
import { Download, SearchX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireSystem } from '@/app/_glue/system'
import { formatDateTime } from '@/components/i18n/format'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { LogForm } from './_parts/log-form'
import { logAddress, type RawQuery, readLogQuery } from './_parts/log-query'
import { MessageTable } from './_parts/message-table'

const PAGE = 50
const HERE = '/operator/messages'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.messages')
  return { title: t('title') }
}

/** Every message in and out of a link, searchable (M-34). */
export default async function MessagesPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const [raw, desk] = await Promise.all([searchParams, requireSystem('system.see', HERE)])
  const { gateway, locale } = desk
  const { query, filters, isTimeBad } = readLogQuery(raw, gateway.clock.now(), gateway.settings.TIME_ZONE)
  const [t, { messages, next, partial }] = await Promise.all([
    getTranslations('operator.messages'),
    gateway.operations.searchMessages({ ...query, limit: PAGE }),
  ])
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          messages.length > 0 ? (
            <a href={logAddress(`${HERE}/export`, filters)} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('export')}
            </a>
          ) : null
        }
      />
      <LogForm filters={filters} here={HERE} />
      {isTimeBad ? (
        <Notice tone="warn" className="mb-5">
          {t('badTime')}
        </Notice>
      ) : null}
      {messages.length > 0 ? (
        <MessageTable desk={desk} messages={messages} here={HERE} />
      ) : (
        <EmptyState icon={SearchX} title={t('none.title')}>
          {t('none.text')}
        </EmptyState>
      )}
      {partial && next ? (
        <p className="mt-4 text-center text-sm text-ink-faint" role="status">
          {t('partial', { at: formatDateTime(next.at, locale) })}
        </p>
      ) : null}
      <Pager label={t(partial ? 'goOn' : 'older')} {...(next && { nextHref: logAddress(HERE, filters, next) })} />
    </>
  )
}
