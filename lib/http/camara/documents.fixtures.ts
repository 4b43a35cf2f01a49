import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'
import type { Received, Sent } from '../http.fixtures'

/** The two CAMARA documents; they are no part of this repository. */
const FOLDER = path.resolve(fileURLToPath(import.meta.url), '../../../../../shared/specs/camara-carrier-billing')
const FILES = { 'carrier-billing': 'carrier-billing.yaml', 'carrier-billing-refund': 'carrier-billing-refund.yaml' }

export const DOCUMENTS_ABSENT =
  'the CAMARA documents are not in ../shared/specs: exchanges are not checked against them'

/** Statuses that the documents leave to the common rules of CAMARA. */
const COMMON = [405, 408, 413, 415, 431, 500, 503]

type Node = Readonly<Record<string, unknown>>

interface Operation {
  readonly operationId: string
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> }
  readonly parameters?: readonly Node[]
  readonly responses: Readonly<Record<string, Node>>
}

/** Checks exchanges against the documents and remembers what of them was seen. */
export interface Documents {
  /** @throws Error saying what does not fit */
  check(sent: Sent, received: Received): void
  /** Checks an event against the schema of its type. @throws Error */
  checkEvent(event: { readonly type: string }): void
  /** What the documents foresee and no exchange has shown: `operation status code`. */
  unseen(): string[]
}

/** The documents, or undefined where they are not at hand. */
export function openDocuments(): Documents | undefined {
  return existsSync(FOLDER) ? readDocuments() : undefined
}

function readDocuments(): Documents {
  const ajv = new Ajv({ strict: false, allErrors: true, multipleOfPrecision: 6 })
  addFormats.default(ajv)
  const documents = Object.entries(FILES).map(([name, file]) => {
    const content = parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Node
    ajv.addSchema(content, name)
    return { name, content, base: basePath(content) }
  })
  const compiled = new Map<string, ValidateFunction>()
  const seen = new Set<string>()

  /** The schema at a pointer into a document. */
  function validator(document: string, pointer: string): ValidateFunction {
    const ref = `${document}#${pointer}`
    const known = compiled.get(ref) ?? ajv.compile({ $ref: ref })
    compiled.set(ref, known)
    return known
  }

  function demand(document: string, pointer: string, value: unknown, what: string): void {
    const validate = validator(document, pointer)
    if (validate(value)) return
    throw new Error(`${what} does not fit ${document}#${pointer}: ${ajv.errorsText(validate.errors)}`)
  }

  /** The member of a schema's discriminator that a value chooses. */
  function chosen(content: Node, pointer: string, value: unknown): string {
    const { discriminator } = (at(content, pointer) ?? {}) as {
      discriminator?: { propertyName: string; mapping: Record<string, string> }
    }
    const name = discriminator && (value as Node | undefined)?.[discriminator.propertyName]
    const target = typeof name === 'string' ? discriminator?.mapping[name] : undefined
    return target ? target.slice(1) : pointer
  }

  /** The sinks of tests speak http on the loopback, where the documents want https. */
  const read = (text: string) => JSON.parse(text.replaceAll('"http://127.0.0.1:', '"https://127.0.0.1:')) as unknown

  function find(sent: Sent) {
    const [address = '', query = ''] = sent.path.split('?')
    const method = (sent.method ?? 'GET').toLowerCase()
    for (const { name, content, base } of documents) {
      if (!address.startsWith(`/camara${base}/`)) continue
      const rest = address.slice(`/camara${base}`.length)
      const template = Object.keys(content['paths'] as Node)
        .filter((each) => new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(rest))
        .sort((one, other) => one.split('{').length - other.split('{').length)[0]
      const operation = template && ((content['paths'] as Node)[template] as Node)[method]
      if (template && operation) {
        const pointer = `/paths/${escape(template)}/${method}`
        return { name, content, operation: operation as Operation, pointer, query }
      }
    }
    return undefined
  }

  return {
    check(sent, received) {
      const found = find(sent)
      if (!found) return
      const { name, content, operation, pointer, query } = found
      const { status } = received
      if (!validator(name, '/components/schemas/XCorrelator')(received.headers['x-correlator'])) {
        throw new Error(`${operation.operationId} ${status} has no proper x-correlator`)
      }
      if (status < 400 && sent.body !== undefined && operation.requestBody) {
        const body = read(String(sent.body))
        const schema = resolved(content, `${pointer}/requestBody/content/application~1json/schema`)
        demand(name, chosen(content, schema, body), body, `the request of ${operation.operationId}`)
      }
      if (status < 400) checkQuery(found, query)
      const declared = operation.responses[String(status)]
      const code = status >= 400 ? String(received.json['code']) : ''
      if (!declared) {
        if (!COMMON.includes(status)) throw new Error(`${operation.operationId} does not know the status ${status}`)
        demand(name, '/components/schemas/ErrorInfo', received.json, `${operation.operationId} ${status}`)
        return
      }
      const response = resolved(content, `${pointer}/responses/${status}`)
      const media = (at(content, response)?.['content'] as Node | undefined)?.['application/json']
      if (!media) {
        if (received.text !== '') throw new Error(`${operation.operationId} ${status} has a body`)
      } else {
        if (!received.headers['content-type']?.startsWith('application/json'))
          throw new Error(`${operation.operationId} ${status} is not JSON`)
        const body = read(received.text)
        const schema = resolved(content, `${response}/content/application~1json/schema`)
        demand(name, chosen(content, schema, body), body, `${operation.operationId} ${status}`)
        if (Array.isArray(body)) {
          const items = resolved(content, `${schema}/items`)
          for (const item of body) demand(name, chosen(content, items, item), item, `${operation.operationId} item`)
        }
      }
      seen.add(`${operation.operationId} ${status} ${code}`.trim())
    },

    checkEvent(event) {
      const document = event.type.includes('carrier-billing-refund') ? 'carrier-billing-refund' : 'carrier-billing'
      const { content } = documents.find(({ name }) => name === document)!
      const schema = chosen(content, '/components/schemas/CloudEvent', event)
      if (schema.endsWith('/CloudEvent')) throw new Error(`${document} knows no event of the type ${event.type}`)
      demand(document, schema, event, event.type)
    },

    unseen() {
      const foreseen = documents.flatMap(({ content }) =>
        Object.entries(content['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>).flatMap(
          ([template, methods]) =>
            Object.entries(methods).flatMap(([method, { operationId, responses }]) =>
              Object.keys(responses).flatMap((status) => {
                const pointer = `/paths/${escape(template)}/${method}/responses/${status}`
                return codesOf(content, resolved(content, pointer)).map((code) =>
                  `${operationId} ${status} ${code}`.trim(),
                )
              }),
            ),
        ),
      )
      return foreseen.filter((each) => !seen.has(each))
    },
  }

  function checkQuery({ name, content, operation, pointer }: NonNullable<ReturnType<typeof find>>, query: string) {
    const parameters = (operation.parameters ?? []).map((_, index) =>
      resolved(content, `${pointer}/parameters/${index}`),
    )
    for (const [parameter, value] of new URLSearchParams(query)) {
      const place = parameters.find((each) => at(content, each)?.['name'] === parameter)
      if (!place) throw new Error(`${operation.operationId} has no parameter ${parameter}`)
      const { type } = at(content, `${place}/schema`) as { type: string }
      const read = type === 'integer' ? Number(value) : type === 'array' ? [value] : value
      demand(name, `${place}/schema`, read, `${operation.operationId} ${parameter}`)
    }
  }
}

/** The error codes that a response may carry; one empty word where it is none. */
function codesOf(content: Node, response: string): string[] {
  const schema = at(content, `${response}/content/application~1json/schema`) as { allOf?: Node[] } | undefined
  const codes = schema?.allOf?.flatMap((part) => {
    const code = (part['properties'] as Node | undefined)?.['code'] as { enum?: string[] } | undefined
    return code?.enum ?? []
  })
  return codes && codes.length > 0 ? codes : ['']
}

function basePath(content: Node): string {
  const [server] = content['servers'] as [{ url: string }]
  return server.url.replace('{apiRoot}', '')
}

function escape(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1')
}

function at(content: Node, pointer: string): Node | undefined {
  let node: unknown = content
  for (const part of pointer.split('/').slice(1)) {
    node = (node as Node | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return node as Node | undefined
}

/** A pointer with every reference on its way followed. */
function resolved(content: Node, pointer: string): string {
  let place = ''
  for (const part of pointer.split('/').slice(1)) {
    place = `${place}/${part}`
    for (let node = at(content, place); typeof node?.['$ref'] === 'string'; node = at(content, place)) {
      place = node['$ref'].slice(1)
    }
  }
  return place
}
