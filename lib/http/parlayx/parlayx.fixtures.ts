import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { BearerSecurity, type Client, createClientAsync, WSSecurity } from 'soap'
import { afterAll } from 'vitest'
import { aMerchant, startGateway, type TestGateway, type TestGatewayOptions } from '../../../test/gateway'
import { publicId } from '../../ids'
import type { Merchant } from '../../merchants/merchant'
import type { Application, Permissions } from '../../open-service/application'
import { rights } from '../../parlayx/interfaces/interfaces'
import { type Received, sendOverTcp } from '../http.fixtures'
import { serve } from '../server'

/** An application with its secret, and its merchant. */
export interface TestApplication {
  readonly application: Application
  readonly merchant: Merchant
  readonly secret: string
  /** As it names itself in a UsernameToken. */
  readonly username: string
}

export interface ParlayWorld extends TestGateway {
  readonly url: string
  anApplication(wanted?: Partial<Permissions> & { readonly merchant?: Merchant }): Promise<TestApplication>
  /** Posts an envelope as it stands. */
  post(service: string, body: string | Uint8Array, headers?: Record<string, string>): Promise<Received>
}

/** The interface over a whole gateway, at an address that its own documents name. */
export async function startParlay(options: TestGatewayOptions = {}): Promise<ParlayWorld> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const started = await startGateway({ ...options, env: { WEB_URL: url, ...options.env } })
  const { gateway } = started
  const server = await serve(gateway, { host: '127.0.0.1', port })
  afterAll(() => server.close())
  return {
    ...started,
    url,

    async anApplication({ merchant: given, ...wanted } = {}) {
      const merchant = given ?? (await aMerchant(gateway))
      const made = await gateway.openService.create(merchant.id, '시험 응용')
      if (made.kind === 'refused') throw new Error(made.reason)
      const { application, secret } = made
      await gateway.openService.allow(application.id, { rights, reach: 'own', ...wanted })
      return { application, merchant, secret, username: publicId('app', application.id) }
    },

    post: (service, body, headers = {}) =>
      sendOverTcp(port, {
        method: 'POST',
        path: `/parlayx/${service}`,
        headers: { 'content-type': 'text/xml; charset=utf-8', ...headers },
        body,
      }),
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** What a foreign client is answered: the result, or the exception's number and variables. */
export type Said = { readonly result: unknown } | { readonly fault: string }

/** A client of another make, which knows nothing but a WSDL. */
export interface ForeignClient {
  readonly client: Client
  call(operation: string, input: object): Promise<Said>
}

/** @param wsdl address or file of the document */
export async function foreignClient(
  wsdl: string,
  { username, secret }: Pick<TestApplication, 'username' | 'secret'>,
  { by = 'digest', endpoint }: { by?: 'digest' | 'bearer'; endpoint?: string } = {},
): Promise<ForeignClient> {
  const client = await createClientAsync(wsdl, { disableCache: true, ...(endpoint !== undefined && { endpoint }) })
  client.setSecurity(
    by === 'bearer'
      ? new BearerSecurity(secret)
      : new WSSecurity(username, secret, { passwordType: 'PasswordDigest', hasNonce: true, mustUnderstand: true }),
  )
  const operations = client as unknown as Record<string, (input: object) => Promise<[unknown]>>
  return {
    client,
    call: async (operation, input) => {
      try {
        const [answer] = await operations[`${operation}Async`]!(input)
        return { result: (answer as { result?: unknown } | null)?.result }
      } catch (error) {
        return { fault: faultOf(error) }
      }
    },
  }
}

interface ThrownFault {
  readonly root?: {
    readonly Envelope?: {
      readonly Body?: {
        readonly Fault?: {
          readonly faultcode?: unknown
          readonly detail?: Readonly<Record<string, { readonly messageId?: string; readonly variables?: unknown }>>
        }
      }
    }
  }
}

function faultOf(error: unknown): string {
  const fault = (error as ThrownFault).root?.Envelope?.Body?.Fault
  if (!fault) throw error
  const [exception] = Object.values(fault.detail ?? {})
  if (!exception) return String(fault.faultcode)
  return [exception.messageId, ...[exception.variables ?? []].flat()].join(' ')
}

/**
 * The standard's own document of a service, where it is at hand, and why a test that needs it is left out otherwise.
 */
export function standardDocument(name: string): {
  readonly file: string
  readonly isAbsent: boolean
  readonly why: string
} {
  const file = path.resolve(import.meta.dirname, '../../../../shared/specs/parlayx', name)
  return { file, isAbsent: !existsSync(file), why: 'left out where ../shared/specs/parlayx is absent' }
}

/** What a client knows of an interface: operations, parts, types and namespaces, but not how a document abbreviates them. */
export function describedBy({ client }: ForeignClient): unknown {
  return JSON.parse(
    JSON.stringify(client.describe(), (name, value: unknown) => (name === 'targetNSAlias' ? undefined : value)),
  )
}
