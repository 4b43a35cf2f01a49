import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { readSettings } from '@/lib/env'
import { type ClientAddress, createClientAddress } from '@/lib/client-address'
import { CLIENT_ADDRESS } from './client-address-header'

/**
 * Writes on every request that reaches this process whom it comes from. Pages do not see the connection, and a header
 * alone could say anything; Node tells of each request before anybody else sees it.
 */
export function noteClientAddresses(): void {
  let find: ClientAddress | undefined
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    find ??= createClientAddress(readSettings().TRUSTED_PROXIES)
    const forwarded = request.headers['x-forwarded-for']
    const chain = Array.isArray(forwarded) ? forwarded.join(',') : forwarded
    request.headers[CLIENT_ADDRESS] = find(request.socket.remoteAddress, chain)
  })
}
