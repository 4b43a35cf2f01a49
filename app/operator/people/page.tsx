import { Users } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { ListSort } from '@/app/_glue/list-sort'
import { shopName } from '@/app/_glue/names'
import { requireSystem } from '@/app/_glue/system'
import { formatDateTime } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import { listHref, type ListQuery } from './_parts/list-query'
import { peopleFilter, peopleTabs } from './_parts/people-query'

const HERE = '/operator/people'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.people')
  return { title: t('title') }
}

/** Everybody who works for a shop or for the installation. */
export default async function PeoplePage({ searchParams }: { searchParams: Promise<ListQuery> }) {
  const [query, { gateway, locale }, t, roles, system] = await Promise.all([
    searchParams,
    requireSystem('people.see', HERE),
    getTranslations('operator.people'),
    getTranslations('merchant.role'),
    getTranslations('operator.role'),
  ])
  const { q, show, order, filter } = peopleFilter(query)
  const [found, shared] = await Promise.all([
    gateway.directory.people({ ...filter, limit: PAGE + 1 }),
    getTranslations('shared'),
  ])
  const people = found.slice(0, PAGE)
  const last = found.length > PAGE ? people.at(-1) : undefined
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          people.length > 0 ? (
            <ExportLink href={listHref(`${HERE}/export`, { q, show, sort: order })}>{shared('export')}</ExportLink>
          ) : null
        }
      />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <SearchField name="q" label={t('search')} {...(q && { defaultValue: q })} keep={{ show, sort: order }} />
        <ListSort order={order} hrefOf={(sort) => listHref(HERE, { q, show, sort })} />
      </div>
      <LinkTabs
        label={t('title')}
        tabs={[undefined, ...peopleTabs].map((tab) => ({
          href: listHref(HERE, { q, show: tab, sort: order }),
          label: t(`tab.${tab ?? 'all'}`),
          current: tab === show,
        }))}
      />
      {people.length === 0 ? (
        <EmptyState icon={Users} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('name')}</TableHead>
              <TableHead>{t('work')}</TableHead>
              <TableHead>{t('factor')}</TableHead>
              <TableHead>{t('seen')}</TableHead>
              <TableHead>{t('standing')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {people.map(({ person, work, systemRole, hasSecondFactor, suspendedAt, lastSeenAt }) => (
              <TableRow key={person.id}>
                <TableCell className="min-w-44">
                  <Link
                    className="font-medium text-accent hover:underline"
                    href={`${HERE}/${publicId('per', person.id)}`}
                  >
                    {person.name}
                  </Link>
                  <span className="block text-xs break-all text-ink-faint">{person.email}</span>
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  {systemRole ? <span className="block">{system(systemRole)}</span> : null}
                  {work.map((place) => (
                    <span key={place.merchantId} className="block">
                      {shopName(place.merchant, locale)} · {roles(place.role)}
                    </span>
                  ))}
                  {!systemRole && work.length === 0 ? t('shopper') : null}
                </TableCell>
                <TableCell>
                  <Badge tone={hasSecondFactor ? 'good' : 'neutral'}>
                    {t(hasSecondFactor ? 'factorOn' : 'factorOff')}
                  </Badge>
                </TableCell>
                <TableCell className="figures whitespace-nowrap text-ink-soft">
                  {lastSeenAt ? formatDateTime(lastSeenAt, locale) : '–'}
                </TableCell>
                <TableCell>
                  <Badge tone={suspendedAt ? 'bad' : 'good'}>{t(suspendedAt ? 'suspended' : 'active')}</Badge>
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
      <Pager
        label={t('more')}
        {...(last && { nextHref: listHref(HERE, { q, show, sort: order, before: publicId('per', last.person.id) }) })}
      />
    </>
  )
}
