import { type Answer, type Call, LARGEST_BODY } from './call'
import type { Dispatch, Refuser } from './dispatch'
import { ApiError } from './errors'
import type { HttpGateway } from './http-gateway'
import { refuse } from './interfaces'

/**
 * Answers a web-standard request: the way in for hosts that speak Request and Response, such as the pages' server.
 * @param answer bounds what the process does at once (in-flight.ts)
 * @param remoteAddress of whoever sent it, as far as the host knows
 */
export async function handle(
  gateway: HttpGateway,
  request: Request,
  answer: Dispatch,
  remoteAddress?: string,
): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const header = (name: string) => request.headers.get(name) ?? undefined
  const body = await readBounded(request)
  if (!body) return refuseRequest(gateway, new ApiError('too-large'), request)
  const call: Call = {
    ...{ method: request.method, path: pathname, query: search.slice(1), header, body },
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  }
  return responseOf(await answer(gateway, call))
}

/** Answers a request with an error before it is looked at: it is too large, or the gateway does not stand yet. */
export function refuseRequest(refuser: Refuser, error: ApiError, { headers, url }: Request): Response {
  const header = (name: string) => headers.get(name) ?? undefined
  return responseOf(refuse(refuser, error, { header, path: new URL(url).pathname }))
}

/** The body, or undefined once it is larger than any route reads. */
async function readBounded({ body }: Request): Promise<Uint8Array | undefined> {
  if (!body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    length += value.length
    if (length > LARGEST_BODY) {
      await reader.cancel()
      return undefined
    }
    chunks.push(value)
  }
}

function responseOf({ status, headers, body }: Answer): Response {
  return new Response(body === '' ? null : body, { status, headers })
}
