import { timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Settings } from '../env'
import { type Metrics, METRICS_TYPE } from './metrics'

export interface MetricsServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * Serves GET /metrics on a port of its own, which no shop and no shopper reaches: to whoever is on this machine, or, where
 * a token is set, to whoever shows it.
 */
export async function serveMetrics(
  metrics: Pick<Metrics, 'text'>,
  settings: Pick<Settings, 'METRICS_HOST' | 'METRICS_PORT' | 'METRICS_TOKEN'>,
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const answer = (status: number, body = '') =>
      response.writeHead(status, { 'content-type': status === 200 ? METRICS_TYPE : 'text/plain' }).end(body)
    if (request.method !== 'GET' || request.url !== '/metrics') return void answer(404)
    if (!isAllowed(request.headers.authorization, settings.METRICS_TOKEN)) return void answer(401)
    void metrics.text().then(
      (text) => answer(200, text),
      () => answer(503),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.METRICS_PORT, settings.METRICS_HOST, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function isAllowed(authorization: string | undefined, token: string | undefined): boolean {
  if (token === undefined) return true
  const shown = Buffer.from(authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return shown.length === wanted.length && timingSafeEqual(shown, wanted)
}
