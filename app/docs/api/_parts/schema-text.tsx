import { Fragment, type ReactNode } from 'react'
import { nameOf, type Schema } from './reference'

/** What a value may be, in one line; named schemas lead to where they are described. */
export function SchemaText({ schema }: { schema: Schema }): ReactNode {
  const { $ref, type, items, format } = schema
  if ($ref) {
    return (
      <a className="font-medium text-accent hover:underline" href={`#${nameOf($ref)}`}>
        {nameOf($ref)}
      </a>
    )
  }
  if (schema.const !== undefined) return <code>{JSON.stringify(schema.const)}</code>
  if (schema.enum) return joined(schema.enum.map((each) => <code key={String(each)}>{JSON.stringify(each)}</code>))
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (choices) {
    const texts = choices.map((each, index) => <SchemaText key={index} schema={each} />)
    return joined(texts, schema.allOf === choices ? ' and ' : ' or ')
  }
  if (items) {
    return (
      <>
        array of <SchemaText schema={items} />
      </>
    )
  }
  const word = Array.isArray(type) ? type.join(' or ') : String(type ?? 'any')
  return format ? `${word} (${format})` : word
}

function joined(parts: readonly ReactNode[], between = ' or '): ReactNode {
  return parts.map((part, index) => (
    <Fragment key={index}>
      {index > 0 ? between : null}
      {part}
    </Fragment>
  ))
}
