import { type LookupAddress, lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Uuid } from '../ids'
import type { LinkName, LinkObserver } from '../gateways/link-observer'
import { isPublicAddress } from './public-address'

export interface OutgoingRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** For the whole exchange, name resolution included. */
  readonly timeLimitMs: number
  /** What the exchange is, for the transaction log. */
  readonly about: OutgoingSubject
  /** Certificates on both sides (mutual TLS). Only over https, whatever the allow-list says. */
  readonly mutual?: MutualTls
}

export interface MutualTls {
  /** Authorities in PEM: the other side's certificate must end at one of these, and no public one will do. */
  readonly authorities: readonly string[]
  /** Our own certificates and key in PEM. */
  readonly certificates: string
  readonly privateKey: string
}

export interface OutgoingSubject {
  readonly link: Extract<LinkName, 'webhook' | 'confirmation'>
  readonly operation: string
  /** By which both sides know the message. */
  readonly correlation: string
  readonly paymentId?: Uuid | undefined
}

export type UrlFault = 'bad-url' | 'not-https' | 'not-public'

export type OutgoingAnswer =
  /** The body is cut off at LARGEST_ANSWER. */
  | { kind: 'answered'; status: number; body: string; whole: boolean; contentType: string; retryAfter?: string }
  /** Not sent: such an address is never called (P5.6). */
  | { kind: 'refused'; reason: UrlFault }
  | { kind: 'no-answer'; reason: 'timed-out' | 'no-connection' | 'cut-off'; why?: ConnectionFault }

/** Why there is no connection, where that can be told. */
export type ConnectionFault = 'no-such-name' | 'certificate'

/** Calls addresses that merchants gave us: public ones only, and never further than the address itself. */
export interface Outgoing {
  post(url: string, request: OutgoingRequest): Promise<OutgoingAnswer>
  /** What is wrong with an address somebody wants to register, as far as can be told without resolving its name. */
  faultOf(url: string): UrlFault | undefined
}

export const LARGEST_ANSWER = 16_384

export interface OutgoingOptions {
  /** host:port pairs that may be called although they are neither public nor https. */
  readonly allow?: readonly string[]
  /** How names become addresses; the system's resolver unless a test says otherwise. */
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>
  readonly observe?: LinkObserver
}

class NotPublic extends Error {
  override name = 'NotPublic'
}

export function createOutgoing({ allow = [], resolve = resolveBySystem, observe }: OutgoingOptions = {}): Outgoing {
  const isAllowed = (url: URL) =>
    allow.includes(`${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`)

  function faultOf(text: string): UrlFault | undefined {
    const url = readUrl(text)
    if (!url) return 'bad-url'
    if (isAllowed(url)) return undefined
    if (url.protocol !== 'https:') return 'not-https'
    return literalAddress(url) !== undefined && !isPublicAddress(literalAddress(url)!) ? 'not-public' : undefined
  }

  /** Resolves for one connection: whatever the name pointed to before, what is connected to is what was checked. */
  function guardedLookup(url: URL): LookupFunction {
    return (hostname, options, done) => {
      resolve(hostname).then(
        (addresses) => {
          const usable = isAllowed(url) ? addresses : addresses.filter(({ address }) => isPublicAddress(address))
          // One private address among public ones is somebody trying: such a name is not called at all.
          if (usable.length === 0 || usable.length < addresses.length) return done(new NotPublic(), '', 0)
          if (options.all) return done(null, [...usable])
          done(null, usable[0]!.address, usable[0]!.family)
        },
        (error: unknown) => done(error instanceof Error ? error : new Error('no such name'), '', 0),
      )
    }
  }

  return {
    faultOf,
    async post(text, request) {
      const reason = faultOf(text)
      if (reason) return { kind: 'refused', reason }
      const url = new URL(text)
      if (request.mutual && url.protocol !== 'https:') return { kind: 'refused', reason: 'not-https' }
      const observed = { ...request.about, system: url.host }
      const sentAt = performance.now()
      observe?.({ ...observed, direction: 'out', body: () => request.body })
      const answer = await exchange(url, request, guardedLookup(url))
      observe?.({
        ...observed,
        direction: 'in',
        result: resultOf(answer),
        durationMs: performance.now() - sentAt,
        ...(answer.kind === 'answered' && { body: () => answer.body }),
      })
      return answer
    },
  }
}

function resultOf(answer: OutgoingAnswer): string {
  if (answer.kind === 'answered') return answer.status < 400 ? 'approved' : `refused:${answer.status}`
  return answer.kind === 'refused' ? `refused:${answer.reason}` : answer.kind
}

function exchange(
  url: URL,
  { headers, body, timeLimitMs, mutual }: OutgoingRequest,
  lookup: LookupFunction,
): Promise<OutgoingAnswer> {
  return new Promise((settle) => {
    const sent = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Moa', connection: 'close' },
      lookup,
      agent: false,
      ...(mutual && {
        ca: [...mutual.authorities],
        cert: mutual.certificates,
        key: mutual.privateKey,
        minVersion: 'TLSv1.2' as const,
      }),
      maxHeaderSize: 16_384,
    })
    const timer = setTimeout(() => finish({ kind: 'no-answer', reason: 'timed-out' }), timeLimitMs)

    function finish(answer: OutgoingAnswer): void {
      clearTimeout(timer)
      settle(answer)
      sent.destroy()
    }

    let connected = false
    sent.on('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (connected = true))
    })
    sent.on('error', (error) => {
      if (error instanceof NotPublic) return finish({ kind: 'refused', reason: 'not-public' })
      const why = connected ? undefined : connectionFault(error)
      finish({ kind: 'no-answer', reason: connected ? 'cut-off' : 'no-connection', ...(why && { why }) })
    })
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      const answer = (whole: boolean): OutgoingAnswer => ({
        kind: 'answered',
        status: response.statusCode ?? 0,
        body: Buffer.concat(chunks).subarray(0, LARGEST_ANSWER).toString('utf8'),
        whole,
        contentType: response.headers['content-type'] ?? '',
        ...(response.headers['retry-after'] ? { retryAfter: response.headers['retry-after'] } : {}),
      })
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > LARGEST_ANSWER) finish(answer(false))
      })
      response.on('end', () => finish(response.complete ? answer(true) : { kind: 'no-answer', reason: 'cut-off' }))
      response.on('error', () => finish({ kind: 'no-answer', reason: 'cut-off' }))
    })
    sent.end(body)
  })
}

const NO_NAME = /^(ENOTFOUND|ENODATA|EAI_NONAME|EAI_NODATA)$/
// Node names what it finds wrong with a certificate, and OpenSSL what it finds wrong with the rest of a handshake.
const NO_TLS = /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)|_CERT_|_SIGNATURE$/

function connectionFault(error: NodeJS.ErrnoException): ConnectionFault | undefined {
  const code = error.code ?? ''
  if (NO_NAME.test(code)) return 'no-such-name'
  return NO_TLS.test(code) ? 'certificate' : undefined
}

function readUrl(text: string): URL | undefined {
  if (text.length > 2048 || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const plain = url.username === '' && url.password === '' && url.hash === '' && url.hostname !== ''
  return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined
}

/** The address in a URL that names no host but an IP address; the URL parser has already undone octal and hex forms. */
function literalAddress(url: URL): string | undefined {
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
  return isIP(host) ? host : undefined
}

function resolveBySystem(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  })
}
