import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { MemberTable } from '../_parts/member-table'
import { OperationPanel } from '../_parts/operation-panel'
import { membersOf, reference, schemasOf } from '../_parts/reference'
import { SchemaText } from '../_parts/schema-text'

interface Props {
  params: Promise<{ group: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ group }, t] = await Promise.all([params, getTranslations('docs.api')])
  return { title: `${group} · ${t('title')}` }
}

/** Every operation about one thing, and the schemas that they speak of. */
export default async function ApiGroupPage({ params }: Props) {
  const [{ group }, t] = await Promise.all([params, getTranslations('docs.api')])
  const { operations, schemas } = reference()
  const own = operations.filter((each) => each.group === group)
  if (own.length === 0) notFound()
  return (
    <main id="content">
      <PageHeader title={<span lang="en">{group}</span>} back={{ href: '/docs/api', label: t('title') }} />
      <div className="flex flex-col gap-5">
        {own.map((operation) => (
          <OperationPanel key={operation.id} operation={operation} />
        ))}
        <h2 className="mt-4 text-xl font-semibold text-ink">{t('schemas')}</h2>
        {schemasOf(own).map((name) => {
          const schema = schemas[name] ?? {}
          const members = membersOf(schema)
          return (
            <Panel key={name} id={name} className="scroll-mt-6" lang="en">
              <h3 className="mb-2 font-semibold text-ink">{name}</h3>
              {schema.description ? <p className="mb-3 text-ink-soft">{schema.description}</p> : null}
              {members.length > 0 ? (
                <MemberTable label={name} members={members} />
              ) : (
                <p className="text-sm text-ink-soft">
                  <SchemaText schema={schema} />
                </p>
              )}
            </Panel>
          )
        })}
      </div>
    </main>
  )
}
