import type { Locale } from '../payments/payment'
import type { Answer } from './call'
import { type ApiError, errorTable } from './errors'
import { describeField } from './field-errors'

export interface ProblemContext {
  /** Where the pages live; the problem's type is an address there. */
  readonly webUrl: string
  readonly language: Locale
  readonly correlationId: string
}

/** The address that explains a code; `type` of a problem document (RFC 9457). */
export function problemType(webUrl: string, code: string): string {
  return `${webUrl.replace(/\/$/, '')}/docs/errors#${code}`
}

/** An error as its caller reads it: a problem document (RFC 9457) in the caller's language, and nothing of our inside. */
export function problem(error: ApiError, { webUrl, language, correlationId }: ProblemContext): Answer {
  const [title, detail] = errorTable[error.code][language]
  const { errors, paymentId, headers } = error.facts
  return {
    status: error.status,
    headers: { 'content-type': 'application/problem+json', 'content-language': language, ...headers },
    body: JSON.stringify({
      type: problemType(webUrl, error.code),
      title,
      status: error.status,
      detail,
      code: error.code,
      correlationId,
      ...(paymentId && { paymentId }),
      ...(errors && { errors: errors.map((one) => describeField(one, language)) }),
    }),
  }
}
