import { describe, expect, test } from 'vitest'
import { can } from '../auth/access'
import { type ErrorCode, errorCodes, errorTable } from './errors'
import { describeApi, errorsOf } from './openapi'
import { routes } from './routes'

interface Operation {
  summary: string
  security: object[]
  responses: Record<string, { description: string }>
  parameters?: { name: string; in: string }[]
  requestBody?: object
}
interface Document {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> }
}

const document = describeApi(routes, 'https://moa.example') as Document

function operationOf({ method, path }: { method: string; path: string }): Operation | undefined {
  return document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
}

const rows = routes.map((row) => [`${row.method} ${row.path}`, row] as const)

/** Whoever may call a route without an API key, and why that is right. */
const WITHOUT_KEY: Record<string, 'public' | 'shop'> = {
  'GET /api/v1/openapi.json': 'public',
  'GET /.well-known/jwks.json': 'public',
  'GET /.well-known/encryption-keys.json': 'public',
  'GET /.well-known/moa-authorities.json': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'POST /api/v1/cancellations': 'shop',
}

describe('P6.1: every route says who may call it', () => {
  test.each(rows)('%s', (line, row) => {
    expect(row.caller).toBe(WITHOUT_KEY[line] ?? 'merchant')
    if (row.caller === 'merchant') expect(row.may && can('api-key', row.may)).toBe(true)
  })
})

test('P4.1: every route that creates or moves money needs an idempotency key', () => {
  const withoutKey = routes.filter(({ method, idempotent }) => method === 'POST' && !idempotent)
  expect(withoutKey.map(({ path }) => path)).toEqual([
    // Signs the way to a payment that is there already: another link to it creates nothing.
    '/api/v1/payments/:paymentId/links',
    // Written twice, it is another version that nothing follows; a dry run writes nothing.
    '/api/v1/flow/versions',
    '/api/v1/flow/dry-run',
    // A signed message carries its own name, the jti, and is answered once for it.
    '/api/v1/cancellations',
    // Terms of modules and who may use them: they say what holds from now on, and no money moves.
    '/api/v1/modules/:module/register',
    '/api/v1/modules/:module',
    '/api/v1/modules/:module/audience',
    '/api/v1/shopper-groups',
    '/api/v1/shopper-groups/:groupId/members',
    // Says what holds from now on; said again, it is the same.
    '/api/v1/contract',
  ])
})

describe('the API description tells of every route', () => {
  test.each(rows)('%s', (_line, row) => {
    const operation = operationOf(row)
    expect(operation?.summary).toBe(row.summary)
    expect(operation?.security).toEqual(row.caller === 'merchant' ? [{ apiKey: [] }] : [])
    expect(operation?.requestBody !== undefined).toBe(row.input !== undefined)
    const named = operation?.parameters?.map(({ name }) => name) ?? []
    expect(named.includes('Idempotency-Key')).toBe(row.idempotent ?? false)
    for (const status of Object.keys(row.answers)) expect(operation?.responses).toHaveProperty(status)
    for (const code of errorsOf(row)) expect(operation?.responses[errorTable[code].status]?.description).toContain(code)
  })
})

test('the API description tells of no route that does not exist', () => {
  const described = Object.values(document.paths).flatMap((methods) => Object.keys(methods))
  expect(described).toHaveLength(routes.length)
  expect(document.openapi).toBe('3.1.0')
})

test('every error in the API description exists, in both languages', () => {
  const described = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ responses }) => Object.entries(responses))
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, { description }]) => description.split(', ').map((code) => [Number(status), code] as const))
  for (const [status, code] of described) {
    expect(errorCodes).toContain(code)
    const { status: tabled, ko, en } = errorTable[code as ErrorCode]
    expect(tabled).toBe(status)
    for (const text of [...ko, ...en]) expect(text.length).toBeGreaterThan(3)
  }
})

test('every reference in the API description leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/(\w+)"/g)]
  expect(references.length).toBeGreaterThan(10)
  for (const [, kind, name] of references) {
    expect(document.components[kind as keyof Document['components']]).toHaveProperty(name!)
  }
})
