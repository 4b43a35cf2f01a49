import { Blocks } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireSystem } from '@/app/_glue/system'
import { formatDate, formatDateTime } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId, readPublicId } from '@/lib/ids'

const HERE = '/operator/applications'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.applications')
  return { title: t('title') }
}

/** Applications of the open API, of every merchant; the newest first (M-77). */
export default async function ApplicationsPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string; after?: string }>
}) {
  const { q, after } = await searchParams
  const text = typeof q === 'string' ? q.trim().slice(0, 100) : ''
  const before = readPublicId('app', String(after ?? ''))
  const { gateway, locale } = await requireSystem('system.see', HERE)
  const [t, found] = await Promise.all([
    getTranslations('operator.applications'),
    gateway.openService.list({ limit: PAGE + 1, ...(text && { text }), ...(before && { before }) }),
  ])
  const applications = found.slice(0, PAGE)
  const last = found.length > PAGE ? applications.at(-1) : undefined
  const next = last && new URLSearchParams({ ...(text && { q: text }), after: publicId('app', last.id) })
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <div className="mb-4">
        <SearchField name="q" label={t('search')} {...(text && { defaultValue: text })} />
      </div>
      {applications.length === 0 ? (
        <EmptyState icon={Blocks} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('application')}</TableHead>
              <TableHead>{t('shop')}</TableHead>
              <TableHead>{t('standing')}</TableHead>
              <TableHead>{t('created')}</TableHead>
              <TableHead>{t('lastUsed')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {applications.map(({ id, name, merchantName, rights, revokedAt, createdAt, lastUsedAt }) => (
              <TableRow key={id}>
                <TableCell>
                  <Link className="font-medium text-accent hover:underline" href={`${HERE}/${publicId('app', id)}`}>
                    {name}
                  </Link>
                  <span className="hidden font-mono text-xs text-ink-faint sm:block">{publicId('app', id)}</span>
                </TableCell>
                <TableCell>{merchantName}</TableCell>
                <TableCell>
                  {revokedAt ? (
                    <Badge>{t('revoked')}</Badge>
                  ) : (
                    <Badge tone={rights.length > 0 ? 'good' : 'neutral'}>
                      {t('rightCount', { count: rights.length })}
                    </Badge>
                  )}
                </TableCell>
                <TableCell className="figures whitespace-nowrap text-ink-soft">
                  {formatDate(createdAt, locale)}
                </TableCell>
                <TableCell className="figures whitespace-nowrap text-ink-soft">
                  {lastUsedAt ? formatDateTime(lastUsedAt, locale) : '–'}
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
      <Pager label={t('more')} {...(next && { nextHref: `${HERE}?${next}` })} />
    </>
  )
}
