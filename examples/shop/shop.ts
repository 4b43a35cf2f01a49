import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Moa } from '../../sdk'
import { adminRoutes } from './admin-routes'
import { fileRoutes } from './file-routes'
import { createLeasedLine } from './leased-line'
import { moaRoutes } from './moa-routes'
import { openOrderBook } from './order-book'
import { orderRoutes } from './order-routes'
import { messagePage } from './pages/message-page'
import { findRoute, type Routes } from './routes'
import type { ShopSettings } from './settings'
import { shelfRoutes } from './shelf-routes'
import { page, readVisit, Refusal, type Reply, send, type Visit } from './visit'

export interface RunningShop {
  /** Without a slash at the end. */
  readonly url: string
  /** Ends it at once, whoever is still connected. */
  close(): Promise<void>
}

/** Starts the shop; it is ready when this returns. */
export async function startShop(settings: ShopSettings): Promise<RunningShop> {
  const { host, port, apiUrl, webUrl, merchantId, secretKey, signingKey, gatewayKeysUrl } = settings
  const moa = new Moa({ apiUrl, webUrl, merchantId, secretKey, signingKey, gatewayKeysUrl })
  const book = openOrderBook(settings.dataFolder)
  const server = createServer()
  await listen(server, port, host)
  const url = settings.url?.replace(/\/$/, '') ?? `http://${host}:${(server.address() as AddressInfo).port}`
  const shop = { settings, url, moa, book }
  const routes: Routes = {
    ...shelfRoutes(),
    ...orderRoutes(shop),
    ...adminRoutes(shop),
    ...moaRoutes(shop),
    ...fileRoutes(),
  }
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    void serve(request, response, { url, name: settings.name, routes, headers: headersFor(webUrl) })
  server.on('request', answer)
  const line = settings.line && createLeasedLine(settings.line, webUrl, answer)
  if (line) await listen(line, settings.line.port, host)
  return {
    url,
    close: async () => {
      await Promise.all([server, ...(line ? [line] : [])].map(closeNow))
    },
  }
}

function closeNow(server: Server | SecureServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function listen(server: Server | SecureServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
}

interface Serving {
  readonly url: string
  readonly name: ShopSettings['name']
  readonly routes: Routes
  readonly headers: Readonly<Record<string, string>>
}

async function serve(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  for (const [name, value] of Object.entries(serving.headers)) response.setHeader(name, value)
  try {
    const visit = await readVisit(request, serving.name)
    send(response, await answer(visit, serving))
  } catch (error) {
    if (response.headersSent) return void response.destroy()
    if (error instanceof Refusal) return void response.writeHead(error.status).end()
    // The message and nothing else of it: what was typed must not end in a log.
    console.error(`shop: ${error instanceof Error ? error.message : 'failed'}`)
    response.writeHead(500).end()
  }
}

async function answer(visit: Visit, { url, routes }: Serving): Promise<Reply> {
  const isMachine = visit.path.startsWith('/moa/') || visit.path.startsWith('/test/')
  // Cookies belong to one host name, and a page of another site must not order for our visitors.
  if (!isMachine && visit.method === 'GET' && visit.headers.host !== new URL(url).host) {
    return { kind: 'go', to: `${url}${visit.path}` }
  }
  if (!isMachine && visit.method === 'POST' && visit.headers.origin !== url) throw new Refusal(403, 'another site')
  const found = findRoute(routes, visit)
  if (!found) return page(visit, messagePage(visit, 'missing'), 404)
  try {
    return await found.handle(visit, found.params)
  } catch (error) {
    if (isMachine || error instanceof Refusal) throw error
    console.error(`shop: ${visit.method} failed: ${error instanceof Error ? error.message : 'unknown'}`)
    return page(visit, messagePage(visit, 'broken'), 500)
  }
}

/** Nothing from elsewhere; forms may lead on to Moa's checkout. */
function headersFor(webUrl: string): Readonly<Record<string, string>> {
  const self = ['script-src', 'style-src', 'img-src', 'font-src', 'connect-src'].map((kind) => `${kind} 'self'`)
  const policy = [
    "default-src 'none'",
    ...self,
    `form-action 'self' ${new URL(webUrl).origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  }
}
