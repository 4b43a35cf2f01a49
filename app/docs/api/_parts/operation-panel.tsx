import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Panel } from '@/components/ui/panel'
import { MemberTable } from './member-table'
import type { Content, Operation } from './reference'
import { SchemaText } from './schema-text'

/** One operation: what it takes, what it answers with, and what it may refuse. */
export async function OperationPanel({ operation }: { operation: Operation }) {
  const t = await getTranslations('docs.api')
  const { id, method, path, summary, description, security, parameters = [], requestBody, responses } = operation
  const body = schemaOf(requestBody)
  const isRefusal = ([status]: readonly [string, unknown]) => Number(status) >= 400
  const answers = Object.entries(responses)
  return (
    <Panel id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6" lang="en">
      <h2 id={`${id}-title`} className="text-lg font-semibold text-ink">
        <a className="hover:underline" href={`#${id}`}>
          {summary}
        </a>
      </h2>
      <p className="mt-2 flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={method === 'GET' ? 'neutral' : 'info'}>{method}</Badge>
        <code className="min-w-0 break-all text-ink">{path}</code>
        {security?.length ? null : <Badge>{t('open')}</Badge>}
      </p>
      {description ? <p className="mt-3 text-ink-soft">{description}</p> : null}
      {parameters.length > 0 ? (
        <>
          <h3 className="mt-5 mb-1 text-sm font-semibold text-ink">{t('parameters')}</h3>
          <MemberTable
            label={`${summary}: ${t('parameters')}`}
            members={parameters.map((each) => ({
              ...{ name: each.name, schema: each.schema, isRequired: each.required === true },
              text: [t(`in.${placeOf(each.in)}`), each.description].filter(Boolean).join('. '),
            }))}
          />
        </>
      ) : null}
      {body ? (
        <p className="mt-4 text-sm text-ink-soft">
          <span className="font-semibold text-ink">{t('body')}</span>: <SchemaText schema={body} />
        </p>
      ) : null}
      <h3 className="mt-5 mb-1 text-sm font-semibold text-ink">{t('answers')}</h3>
      <ul className="flex flex-col gap-1 text-sm text-ink-soft">
        {answers
          .filter((each) => !isRefusal(each))
          .map(([status, answer]) => (
            <li key={status}>
              <code className="text-ink">{status}</code> {answer.description}
              <Answered answer={answer} />
            </li>
          ))}
      </ul>
      <h3 className="mt-5 mb-1 text-sm font-semibold text-ink">{t('refusals')}</h3>
      <ul className="flex flex-col gap-1 text-sm text-ink-soft">
        {answers.filter(isRefusal).map(([status, { description: listed }]) => (
          <li key={status}>
            <code className="text-ink">{status}</code> <ErrorCodes codes={listed.split(', ')} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Answered({ answer }: { answer: Content }) {
  const schema = schemaOf(answer)
  if (!schema) return null
  return (
    <>
      {': '}
      <SchemaText schema={schema} />
    </>
  )
}

function ErrorCodes({ codes }: { codes: readonly string[] }) {
  return codes.map((code, index) => (
    <span key={code}>
      {index > 0 ? ', ' : null}
      <Link className="text-accent hover:underline" href={`/docs/errors#${code}`} prefetch={false}>
        {code}
      </Link>
    </span>
  ))
}

function schemaOf(part: Content | undefined) {
  return Object.values(part?.content ?? {})[0]?.schema
}

function placeOf(place: string): 'path' | 'query' | 'header' {
  return place === 'path' || place === 'query' ? place : 'header'
}
