import type { IncomingMessage } from 'node:http'
import type { ServerOptions } from 'node:https'
import { TLSSocket } from 'node:tls'

/**
 * For `https.createServer`, beside your own key and certificate: lets nobody connect but whoever Moa's authority certified.
 * @param authorities certificates in PEM, from /.well-known/moa-authorities.json, compared with what the portal shows
 */
export function onlyCertifiedByMoa(authorities: readonly string[]): ServerOptions {
  if (authorities.length === 0) throw new Error('Moa: authorities must hold a certificate in PEM.')
  return { ca: [...authorities], requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' }
}

/**
 * Whether a request came over a connection on which the gateway itself showed its certificate.
 * @param webUrl where shoppers pay: its origin is the gateway's name
 */
export function isFromMoa({ socket }: Pick<IncomingMessage, 'socket'>, webUrl: string): boolean {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return false
  return socket.getPeerCertificate().subjectaltname === `URI:${new URL(webUrl).origin}`
}
