import { request as httpRequest } from 'node:http'
import { afterAll } from 'vitest'
import type { IssuerCode } from '../../simulators/issuers/catalogue'
import { type CardRole, demoCard } from '../../simulators/issuers/demo-cards'
import { aMerchant, startGateway, type TestGateway, type TestGatewayOptions } from '../../test/gateway'
import type { Merchant } from '../merchants/merchant'
import type { NewMerchant } from '../merchants/merchants'
import { handle } from './handle'
import { dispatch } from './interfaces'
import { serve } from './server'

export interface Sent {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface Received {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
  /** The body read as JSON. */
  readonly json: Record<string, unknown>
}

export type Send = (sent: Sent) => Promise<Received>

/** The two ways in: the same table must answer alike over both. */
export const hostNames = ['the pages’ server', 'the api process'] as const
type HostName = (typeof hostNames)[number]

export interface TestApi extends TestGateway {
  readonly hosts: Readonly<Record<HostName, Send>>
  readonly port: number
}

/** A gateway served both ways. */
export async function startApi(options: TestGatewayOptions = {}): Promise<TestApi> {
  const started = await startGateway(options)
  const server = await serve(started.gateway, { host: '127.0.0.1', port: 0 })
  afterAll(() => server.close())
  return {
    ...started,
    port: server.port,
    hosts: {
      'the pages’ server': (sent) => sendDirectly(started, sent),
      'the api process': (sent) => sendOverTcp(server.port, sent),
    },
  }
}

async function sendDirectly(
  { gateway }: TestGateway,
  { method = 'GET', path, headers, body }: Sent,
): Promise<Received> {
  const request = new Request(`http://moa.example${path}`, {
    method,
    ...(headers && { headers }),
    ...(body !== undefined && { body: typeof body === 'string' ? Buffer.from(body) : Buffer.from(body) }),
  })
  const response = await handle(gateway, request, dispatch)
  return received(response.status, Object.fromEntries(response.headers), await response.text())
}

export async function sendOverTcp(port: number, { method = 'GET', path, headers, body }: Sent): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const single = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
        resolve(received(response.statusCode ?? 0, Object.fromEntries(single), Buffer.concat(chunks).toString()))
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

function received(status: number, headers: Record<string, string>, text: string): Received {
  return {
    status,
    headers,
    text,
    get json() {
      return JSON.parse(text) as Record<string, unknown>
    },
  }
}

/** A merchant and what its server needs to call the API. */
export async function aShop(
  { gateway }: TestGateway,
  wanted: Partial<NewMerchant> = {},
): Promise<{ merchant: Merchant; secret: string }> {
  const merchant = await aMerchant(gateway, wanted)
  const { secret } = await gateway.merchants.createApiKey(merchant.id, { mode: 'test', name: 'test' })
  return { merchant, secret }
}

let drawn = 0

/** A name never used before in this process. */
export function fresh(word: string): string {
  return `${word}-${++drawn}`
}

/** A payment as a shop would ask for it; all that a test does not care about has a good default. */
export function anOrder(wanted: Record<string, unknown> = {}): Record<string, unknown> {
  return { orderRef: fresh('order'), orderName: '기차표 두 장', amount: '12000', currency: 'KRW', ...wanted }
}

/** Calls as a shop's server makes them: authenticated, JSON, a fresh idempotency key with every POST unless one is given. */
export function shopCalls(send: Send, secret: string) {
  const authorization = `Bearer ${secret}`
  return {
    get: (path: string, headers: Record<string, string> = {}) => send({ path, headers: { authorization, ...headers } }),
    post: (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      send({
        method: 'POST',
        path,
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': fresh('key'), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  }
}

/** The means of a direct payment: one of the outside world's cards. */
export function paidWith(role: CardRole, issuer: IssuerCode = 'hanbit'): Record<string, unknown> {
  const { number, expiry, securityCode } = demoCard(issuer, role)
  return { means: { card: { number, expiry, securityCode } } }
}
