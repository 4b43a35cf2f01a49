import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { Moa, type MoaSettings, type PrivateJwk } from './index'
import { createSigner, type Signer } from './signer'

export interface HeardRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface LoopbackServer {
  readonly url: string
  readonly port: number
  readonly heard: HeardRequest[]
}

/** A real server on a free port of the loopback address, for the length of a test file. */
export async function startServer(
  answer: (request: HeardRequest, response: ServerResponse) => void | Promise<void>,
): Promise<LoopbackServer> {
  const heard: HeardRequest[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = request
    const whole = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') }
    heard.push(whole)
    await answer(whole, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, port, heard }
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** A fresh key pair as a shop has one. */
export function aKey(kid = `key-${randomBytes(4).toString('hex')}`, curve: 'Ed25519' | 'P-256' = 'Ed25519') {
  const { privateKey } =
    curve === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid } as PrivateJwk
  const { d: _, ...publicJwk } = jwk
  return { privateJwk: jwk, publicJwk }
}

export interface StandInGateway {
  readonly url: string
  readonly signer: Signer
  /** How often its keys were fetched. */
  keyFetches(): number
  /** Signs with a new key from now on, which is published in place of the old one. */
  rotate(): void
  /** Keys can be had, or not. */
  publishing: boolean
}

/** The gateway's side of signed messages: publishes its keys and signs; nothing more. */
export async function startKeyServer(): Promise<StandInGateway> {
  let key = aKey()
  let signer = createSigner(key.privateJwk)
  const server = await startServer((_request, response) => {
    if (!gateway.publishing) return json(response, 503, {})
    json(response, 200, { keys: [{ ...key.publicJwk, use: 'sig', alg: 'EdDSA' }] })
  })
  const gateway: StandInGateway = {
    url: server.url,
    signer: { sign: (claims) => signer.sign(claims) },
    keyFetches: () => server.heard.length,
    rotate() {
      key = aKey()
      signer = createSigner(key.privateJwk)
    },
    publishing: true,
  }
  return gateway
}

export const MERCHANT = 'mer_01jbxrm5h3f8w9k2v7n4t6q0ze'

/** An SDK that speaks to a loopback server; repeats follow each other at once. */
export function aMoa(url: string, wanted: Partial<MoaSettings> = {}): Moa {
  return new Moa({
    apiUrl: url,
    webUrl: url,
    secretKey: 'moa_test_secret',
    merchantId: MERCHANT,
    signingKey: aKey('shop').privateJwk,
    retry: { firstPauseMs: 1 },
    ...wanted,
  })
}

/** A payment as the API writes one. */
export function writtenPayment(wanted: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'pay_01jbxrm5h3f8w9k2v7n4t6q0ze',
    orderRef: 'A-1',
    orderName: '달항아리',
    amount: '220000',
    currency: 'KRW',
    status: 'open',
    state: 'created',
    standing: 'unpaid',
    capture: 'automatic',
    capturedAmount: '0',
    refundedAmount: '0',
    metadata: { amount: '7' },
    createdAt: '2026-11-01T09:30:00.000Z',
    expiresAt: '2026-11-01T10:00:00.000Z',
    legs: [],
    ...wanted,
  }
}
