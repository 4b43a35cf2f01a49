import { describeApi } from '@/lib/http/openapi'
import { routes } from '@/lib/http/routes'

/** The parts of an OpenAPI schema that are shown. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

export interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}

interface Described {
  readonly summary: string
  readonly description?: string
  readonly security?: readonly object[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly description?: string
    readonly schema: Schema
  }[]
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>
}

export interface Operation extends Described {
  /** Its anchor. */
  readonly id: string
  readonly method: string
  readonly path: string
  /** The first word of the address: what it is about. */
  readonly group: string
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Reference {
  readonly operations: readonly Operation[]
  readonly schemas: Readonly<Record<string, Schema>>
}

const VERSION = '/api/v1/'

let read: Reference | undefined

/** Our API as its own OpenAPI document describes it: what the page shows cannot be another than what is answered. */
export function reference(): Reference {
  read ??= readDocument()
  return read
}

function readDocument(): Reference {
  const { paths, components } = describeApi(routes, '') as Document
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      ...described,
      ...{ path, method: method.toUpperCase(), group: groupOf(path) },
      id: `${method}${path.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
    })),
  )
  return { operations, schemas: components.schemas }
}

function groupOf(path: string): string {
  if (!path.startsWith(VERSION)) return 'service'
  const [first = ''] = path.slice(VERSION.length).split('/')
  return first.includes('.') ? 'service' : first
}

/** The schemas that operations speak of, and those that these speak of, in the order in which they are met. */
export function schemasOf(operations: readonly Operation[]): string[] {
  const { schemas } = reference()
  const met = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const name = '$ref' in value && typeof value.$ref === 'string' ? nameOf(value.$ref) : undefined
    if (name !== undefined && !met.has(name)) {
      met.add(name)
      look(schemas[name])
    }
    for (const each of Object.values(value)) look(each)
  }
  look(operations.map(({ requestBody, responses }) => [requestBody, responses]))
  return [...met]
}

/** The name of a schema by what refers to it. */
export const nameOf = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1)

/** A member of a schema by its whole name: `items[].name` stands within the members of a list. */
export interface Member {
  readonly name: string
  readonly schema: Schema
  readonly isRequired: boolean
}

/** Every member of a schema, those of objects within it after the member that holds them. */
export function membersOf(schema: Schema, within = ''): Member[] {
  const { properties = {}, required = [], items, anyOf = [], oneOf = [], allOf = [] } = schema
  const own = Object.entries(properties).flatMap(([name, each]) => {
    const whole = within === '' ? name : `${within}.${name}`
    return [{ name: whole, schema: each, isRequired: required.includes(name) }, ...membersOf(each, whole)]
  })
  const listed = items ? membersOf(items, `${within}[]`) : []
  const choices = [...anyOf, ...oneOf, ...allOf].flatMap((each) => membersOf(each, within))
  return [...own, ...listed, ...choices]
}
