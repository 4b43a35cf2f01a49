import { z } from 'zod'
import type { Call } from './call'
import { ApiError } from './errors'
import { fieldErrorsOf } from './field-errors'
import { readJson } from './read-json'

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i

const NOTHING = z.strictObject({})

/**
 * Reads a body by its schema: JSON and nothing else, strictly, with every wrong member named. Without a schema nothing
 * may be sent, or an object without members.
 * @throws ApiError
 */
export function readBody(call: Call, schema: z.ZodType | undefined): unknown {
  if (!schema && call.body.length === 0) return undefined
  assertJson(call)
  return accepted(schema ?? NOTHING, readJson(call.body), 'body')
}

/**
 * What is sent must say that it is JSON, and not be compressed.
 * @throws ApiError
 */
export function assertJson(call: Pick<Call, 'header'>): void {
  const encoding = call.header('content-encoding')
  if (!JSON_TYPE.test(call.header('content-type') ?? '') || (encoding !== undefined && encoding !== 'identity')) {
    throw new ApiError('wrong-content-type')
  }
}

/**
 * Reads a query by its schema; without a schema nothing may be asked.
 * @throws ApiError
 */
export function readQuery(query: string, schema: z.ZodType | undefined): unknown {
  const entries = [...new URLSearchParams(query)]
  const names = new Set(entries.map(([name]) => name))
  if (!schema || names.size < entries.length) {
    const [extra] = schema
      ? entries.filter(([name], at) => entries.findIndex(([other]) => other === name) < at)
      : entries
    if (!extra) return undefined
    throw new ApiError('invalid-input', {
      errors: [{ in: 'query', path: [extra[0]], code: schema ? 'too-many' : 'unknown-member' }],
    })
  }
  return accepted(schema, Object.fromEntries(entries), 'query')
}

function accepted(schema: z.ZodType, value: unknown, where: 'body' | 'query'): unknown {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  throw new ApiError('invalid-input', { errors: fieldErrorsOf(read.error.issues, value, where) })
}
