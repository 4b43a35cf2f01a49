import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Language, languageOf } from './words'
import type { Markup } from './markup'
import type { ShopName } from './settings'

/** A request to the shop, read. */
export interface Visit {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  readonly cookies: ReadonlyMap<string, string>
  readonly language: Language
  /** Who is shopping; made up at the first visit. */
  readonly visitor: string
  /** Whether it comes from this very machine. */
  readonly isLocal: boolean
  /** Whose shop it comes to, when that is not the example's own. */
  readonly shopName?: ShopName
}

export type Reply =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly type: string
      readonly body: string | Buffer
      readonly headers?: Headers
    }
  | { readonly kind: 'go'; readonly to: string; readonly cookies?: readonly string[] }
  /** Says nothing and leaves the connection open: only ever on purpose, in tests. */
  | { readonly kind: 'silence' }

type Headers = Readonly<Record<string, string>>

/** Something that cannot be served. */
export class Refusal extends Error {
  override name = 'Refusal'
  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(reason)
  }
}

const LARGEST_BODY = 64 * 1024
const KEEP_FOR_S = 60 * 60 * 24 * 30

/** @throws Refusal when the body is too large */
export async function readVisit(request: IncomingMessage, shopName?: ShopName): Promise<Visit> {
  const { method = 'GET', url = '/', headers, socket } = request
  const { pathname, searchParams } = new URL(url, 'http://shop')
  const cookies = readCookies(headers.cookie ?? '')
  const known = cookies.get('visitor')
  return {
    method,
    path: pathname,
    query: searchParams,
    headers,
    body: await readBody(request),
    cookies,
    language: languageOf(cookies.get('language'), headers['accept-language']),
    visitor: known && /^[A-Za-z0-9_-]{22}$/.test(known) ? known : randomBytes(16).toString('base64url'),
    isLocal: ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? ''),
    ...(shopName && { shopName }),
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_BODY) throw new Refusal(413, 'too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function readCookies(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('='))
  return new Map(pairs.flatMap(([name, value]) => (name && value ? [[name, value] as const] : [])))
}

/** A field of a form, trimmed; empty when it was not sent. */
export function field(visit: Visit, name: string): string {
  return new URLSearchParams(visit.body.toString('utf8')).get(name)?.trim() ?? ''
}

/** A cookie of ours: not for scripts, not for other sites. */
export function cookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${value === '' ? 0 : KEEP_FOR_S}`
}

/** A page. The visitor's cookie goes with it, so that orders are found again. */
export function page(visit: Visit, content: Markup, status = 200): Reply {
  const headers: Headers = visit.cookies.has('visitor') ? {} : { 'set-cookie': cookie('visitor', visit.visitor) }
  return { kind: 'answer', status, type: 'text/html; charset=utf-8', body: content.text, headers }
}

export function json(status: number, body: string): Reply {
  return { kind: 'answer', status, type: 'application/json', body }
}

export function send(response: ServerResponse, reply: Reply): void {
  switch (reply.kind) {
    case 'answer':
      response.writeHead(reply.status, { 'content-type': reply.type, ...reply.headers }).end(reply.body)
      break
    case 'go':
      if (reply.cookies) response.setHeader('set-cookie', reply.cookies)
      response.writeHead(303, { location: reply.to }).end()
      break
    case 'silence':
      break
  }
}
