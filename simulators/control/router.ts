/** A small router: every part of the outside world brings a table of routes, the control server serves them. */
import type { ServerResponse } from 'node:http'

export interface ControlRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  readonly header: (name: string) => string | undefined
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal
}

export type ControlAnswer =
  | { readonly status?: number; readonly json: unknown; readonly headers?: Readonly<Record<string, string>> }
  | {
      readonly status?: number
      readonly text: string
      readonly type: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** Takes the connection over: for streams, and for answers that are wrong on purpose. */
  | { readonly raw: (response: ServerResponse) => void }

export type Handler = (request: ControlRequest) => ControlAnswer | Promise<ControlAnswer>

/** `'GET /api/issuers/:code/book': handler` */
export type Routes = Readonly<Record<string, Handler>>

/** Said to the caller as it stands. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

export interface Match {
  readonly handler: Handler
  readonly params: Readonly<Record<string, string>>
}

/** The route for a method and path; the status to refuse with when there is none. */
export function matcher(routes: Routes): (method: string, path: string) => Match | 404 | 405 {
  const table = Object.entries(routes).map(([key, handler]) => {
    const [method = '', path = ''] = key.split(' ')
    return { method, parts: path.split('/'), handler }
  })
  return (method, path) => {
    const parts = path.split('/')
    let known = false
    for (const route of table) {
      const params = matchParts(route.parts, parts)
      if (!params) continue
      known = true
      if (route.method === method) return { handler: route.handler, params }
    }
    return known ? 405 : 404
  }
}

function matchParts(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [at, wanted] of pattern.entries()) {
    const part = parts[at] ?? ''
    if (wanted.startsWith(':')) params[wanted.slice(1)] = part
    else if (wanted !== part) return undefined
  }
  return params
}
