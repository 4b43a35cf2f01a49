import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import { isNewWork } from '../auth/access'
import { type ErrorCode, errorCodes, errorTable } from './errors'
import { fieldTexts, type FieldCode } from './field-errors'
import { problemType } from './problem'
import type { Row } from './route'

const fieldCodes = Object.keys(fieldTexts) as [FieldCode, ...FieldCode[]]

const fieldErrorSchema = z.strictObject({
  pointer: z.string().optional().meta({ description: 'JSON pointer into the body.', example: '/amount' }),
  parameter: z.string().optional().meta({ description: 'Name of a query parameter.' }),
  code: z.enum(fieldCodes),
  detail: z.string(),
  allowed: z.array(z.string()).optional(),
})

export const problemSchema = z
  .strictObject({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What to do next, in Korean or English (Accept-Language).' }),
    code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]),
    correlationId: z.string().meta({ description: 'Tell us this one when you ask about the request.' }),
    paymentId: z.string().optional().meta({ description: 'The payment that is in the way.' }),
    errors: z.array(fieldErrorSchema).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document.' })

/** The errors that a row can answer with: its own, and those that its caller, its body and its key bring with them. */
export function errorsOf(row: Row): ErrorCode[] {
  const codes: ErrorCode[] = [...(row.errors ?? []), 'internal', 'overloaded', 'unavailable']
  if (row.caller === 'merchant') codes.push('unauthenticated', 'forbidden')
  if (row.may && isNewWork(row.may)) codes.push('shop-suspended')
  if (row.caller === 'shop') codes.push('signature-refused')
  if (row.idempotent) {
    codes.push('idempotency-key-missing', 'idempotency-key-malformed', 'idempotency-key-reused', 'request-in-progress')
  }
  if (row.granted) codes.push('grant-refused', 'too-many-requests')
  if (row.method === 'POST') {
    codes.push('malformed-json', 'bad-text', 'duplicate-member', 'forbidden-member', 'too-deep')
    codes.push('too-large', 'wrong-content-type', 'invalid-input')
  }
  if (row.query) codes.push('invalid-input')
  return errorCodes.filter((code) => codes.includes(code))
}

/** The OpenAPI 3.1 document of a route table, made from the very schemas that check requests. */
export function describeApi(rows: readonly Row[], webUrl: string): object {
  const registry = new OpenAPIRegistry()
  registry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'A secret API key of a merchant, `moa_test_…` or `moa_live_…`, as a bearer token.',
  })
  for (const row of rows) registry.registerPath(pathOf(row))
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Moa',
      version: '1',
      description:
        'Payments over one or several means: all of it happens or none does. Amounts are decimal strings of whole minor units. ' +
        'Every request that moves money needs an Idempotency-Key. Errors are problem documents with a stable code. ' +
        `Each code is explained at ${problemType(webUrl, '<code>')}.`,
    },
    servers: [{ url: '/' }],
  })
}

function pathOf(row: Row): RouteConfig {
  return {
    method: row.method === 'GET' ? 'get' : 'post',
    path: row.path.replaceAll(/:([A-Za-z]+)/g, '{$1}'),
    summary: row.summary,
    ...(row.description && { description: row.description }),
    security: row.caller === 'merchant' ? [{ apiKey: [] }] : [],
    request: {
      params: z.object(
        Object.fromEntries([...row.path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => [name!, z.string()])),
      ),
      ...(row.query && { query: row.query as z.ZodObject }),
      headers: [...(row.idempotent ? [keyHeader] : []), ...(row.granted ? [grantHeader] : [])],
      ...(row.input && { body: { required: true, content: { 'application/json': { schema: row.input } } } }),
    },
    responses: { ...answersOf(row), ...problemsOf(row) },
  }
}

const keyHeader = z.object({
  'Idempotency-Key': z.string().min(1).max(255).meta({
    description: 'Yours for this one request; keep it when you repeat the request. Kept for 72 hours at least.',
  }),
})

const grantHeader = z.object({
  'Shopper-Grant': z.string().meta({
    description: 'The grant that the shopper gave this merchant in My Moa.',
    example: 'vcg_…',
  }),
})

function answersOf(row: Row): RouteConfig['responses'] {
  const answers = Object.entries(row.answers).map(([status, { description, schema }]) => [
    status,
    { description, content: { 'application/json': { schema } } },
  ])
  return Object.fromEntries(answers) as RouteConfig['responses']
}

function problemsOf(row: Row): RouteConfig['responses'] {
  const codes = errorsOf(row)
  const problems = [...new Set(codes.map((code) => errorTable[code].status))].map((status) => [
    status,
    {
      description: codes.filter((code) => errorTable[code].status === status).join(', '),
      content: { 'application/problem+json': { schema: problemSchema } },
    },
  ])
  return Object.fromEntries(problems) as RouteConfig['responses']
}
