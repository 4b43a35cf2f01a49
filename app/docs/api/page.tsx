import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { SearchField } from '@/components/ui/search-field'
import { reference } from './_parts/reference'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('docs.api')
  return { title: t('title') }
}

/** Every operation of the API, by what it is about; found by a word of its address or its summary. */
export default async function ApiPage({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const [{ q }, t] = await Promise.all([searchParams, getTranslations('docs.api')])
  const wanted = typeof q === 'string' ? q.trim().slice(0, 100) : ''
  const { operations } = reference()
  const found = operations.filter(({ method, path, summary }) =>
    `${method} ${path} ${summary}`.toLowerCase().includes(wanted.toLowerCase()),
  )
  const groups = [...new Set(found.map(({ group }) => group))]
  return (
    <main id="content">
      <PageHeader title={t('title')} description={t('intro')} />
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <SearchField name="q" label={t('search')} {...(wanted && { defaultValue: wanted })} />
        <a className="text-sm font-medium text-accent hover:underline" href="/api/v1/openapi.json">
          {t('document')}
        </a>
      </div>
      {groups.length === 0 ? <p className="text-ink-soft">{t('none')}</p> : null}
      <div className="grid gap-5 lg:grid-cols-2" lang="en">
        {groups.map((group) => (
          <Panel key={group}>
            <PanelHeader
              title={
                <Link className="hover:underline" href={`/docs/api/${group}`}>
                  {group}
                </Link>
              }
            />
            <ul className="flex flex-col gap-3 text-sm">
              {found
                .filter((each) => each.group === group)
                .map(({ id, method, path, summary }) => (
                  <li key={id}>
                    <Link className="font-medium text-accent hover:underline" href={`/docs/api/${group}#${id}`}>
                      {summary}
                    </Link>
                    <span className="mt-0.5 flex flex-wrap items-center gap-2">
                      <Badge tone={method === 'GET' ? 'neutral' : 'info'}>{method}</Badge>
                      <code className="min-w-0 break-all text-ink-faint">{path}</code>
                    </span>
                  </li>
                ))}
            </ul>
          </Panel>
        ))}
      </div>
    </main>
  )
}
