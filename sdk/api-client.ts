import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type FieldError, MoaError, type MoaErrorFacts } from './moa-error'
import type { MoaSettings } from './settings'

export interface ApiCall<Answer> {
  readonly method: 'GET' | 'POST'
  /** Begins with a slash. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | undefined>>
  /** Written as JSON; bigints become decimal text. */
  readonly body?: unknown
  /** With every request that moves money: made when absent, and kept through every repeat. */
  readonly idempotencyKey?: string
  /** A shopper's, for what is done in that shopper's name. */
  readonly grant?: string
  /** Reads the answer's body, or throws. */
  readonly read: (body: unknown) => Answer
}

export interface RequestOptions {
  /** Yours for this one deed: the same key again gets the first answer and does nothing twice. */
  readonly idempotencyKey?: string
}

export interface ApiClient {
  /** @throws MoaError */
  call<Answer>(call: ApiCall<Answer>): Promise<Answer>
}

interface Heard {
  readonly status: number
  readonly text: string
  readonly retryAfterMs?: number
}

const LONGEST_PAUSE_MS = 10_000
/** Answers that say nothing of what became of the request, or ask to come again. */
const COME_AGAIN = new Set([429, 500, 502, 503, 504])
/** Refusals of the caller, not of the deed: an earlier try without an answer may still have done it. */
const ABOUT_THE_CALLER = new Set([401, 403, 429])

/** Speaks to the API: authenticated, within time limits, and again when that can do no harm. */
export function createApiClient(settings: MoaSettings): ApiClient {
  const { apiUrl, secretKey, locale = 'en', timeoutMs = 20_000, retry = {} } = settings
  const { tries = 4, firstPauseMs = 250 } = retry
  const base = apiUrl.replace(/\/$/, '')

  async function tryOnce(url: string, init: RequestInit): Promise<Heard> {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    const retryAfter = /^[0-9]{1,6}$/.exec(response.headers.get('retry-after') ?? '')?.[0]
    return {
      status: response.status,
      text: await response.text(),
      ...(retryAfter !== undefined && { retryAfterMs: Number(retryAfter) * 1000 }),
    }
  }

  return {
    async call({ method, path, query = {}, body, idempotencyKey = randomUUID(), grant, read }) {
      const asked = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]]))
      const url = `${base}${path}${asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''}`
      const init: RequestInit = {
        method,
        headers: {
          authorization: `Bearer ${secretKey}`,
          accept: 'application/json',
          'accept-language': locale,
          ...(method === 'POST' && { 'idempotency-key': idempotencyKey }),
          ...(grant !== undefined && { 'shopper-grant': grant }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body, amountsAsText) }),
      }
      const own = method === 'POST' ? { idempotencyKey } : {}
      let unanswered = false
      for (let again = 1; ; again++) {
        const heard = await tryOnce(url, init).catch((cause: unknown) => noAnswer(cause, own))
        if (!(heard instanceof MoaError) && heard.status >= 200 && heard.status < 300)
          return understand(heard, read, own)
        const error = heard instanceof MoaError ? heard : refusal(heard, own, unanswered)
        const waitMs = retryPause(heard, error, firstPauseMs * 2 ** (again - 1))
        if (waitMs === undefined || again >= tries) throw error
        if (error.outcome === 'unknown') unanswered = true
        await pause(waitMs)
      }
    },
  }
}

/** How long to wait before another try, in milliseconds; undefined when none would help. */
function retryPause(heard: Heard | MoaError, error: MoaError, usualMs: number): number | undefined {
  const repeatable = heard instanceof MoaError || COME_AGAIN.has(heard.status) || error.code === 'request-in-progress'
  if (!repeatable) return undefined
  // Spread out, so that many shops do not come back at the same moment.
  const jittered = Math.min(usualMs, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2)
  const askedFor = heard instanceof MoaError ? 0 : (heard.retryAfterMs ?? 0)
  return askedFor > LONGEST_PAUSE_MS ? undefined : Math.max(askedFor, jittered)
}

function noAnswer(cause: unknown, facts: Partial<MoaErrorFacts>): MoaError {
  return new MoaError('no-answer', 'Moa did not answer.', { outcome: 'unknown', ...facts, cause })
}

function understand<Answer>({ status, text }: Heard, read: (body: unknown) => Answer, facts: Partial<MoaErrorFacts>) {
  try {
    return read(JSON.parse(text))
  } catch (cause) {
    if (cause instanceof MoaError) throw cause
    const message = 'Moa’s answer could not be read.'
    throw new MoaError('unreadable-answer', message, { outcome: 'unknown', status, ...facts, cause })
  }
}

/** An answer that is no success, told as an error: a problem document (RFC 9457), or whatever stood in its way. */
function refusal({ status, text }: Heard, facts: Partial<MoaErrorFacts>, unanswered: boolean): MoaError {
  const problem = readProblem(text)
  const code = problem.code ?? 'unreadable-answer'
  const says = problem.code !== undefined && status >= 400 && status < 500 && code !== 'request-in-progress'
  const refused = says && !(unanswered && ABOUT_THE_CALLER.has(status))
  return new MoaError(code, problem.message ?? `Moa answered with status ${status}.`, {
    ...facts,
    outcome: refused ? 'refused' : 'unknown',
    status,
    ...(problem.errors && { errors: problem.errors }),
    ...(problem.correlationId && { correlationId: problem.correlationId }),
    ...(problem.paymentId && { paymentId: problem.paymentId }),
  })
}

interface Problem {
  readonly code?: string
  readonly message?: string
  readonly errors?: readonly FieldError[]
  readonly correlationId?: string
  readonly paymentId?: string
}

function readProblem(text: string): Problem {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return {}
  }
  if (typeof value !== 'object' || value === null) return {}
  const { code, title, detail, errors, correlationId, paymentId } = value as Record<string, unknown>
  const message = [title, detail].filter((part) => typeof part === 'string').join('. ')
  return {
    ...(typeof code === 'string' && { code }),
    ...(message !== '' && { message }),
    ...(Array.isArray(errors) && { errors: errors as FieldError[] }),
    ...(typeof correlationId === 'string' && { correlationId }),
    ...(typeof paymentId === 'string' && { paymentId }),
  }
}

function amountsAsText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
