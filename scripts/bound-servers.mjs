import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Server } from 'node:http'

/** Node tells of each server when it is told to listen, before it takes a connection. */
const LISTEN = 'tracing:net.server.listen:asyncStart'

/**
 * Lets every HTTP server that this process starts from now on wait for a request only so long, whoever has made it.
 * @param {import('../lib/http/waiting.mjs').Waiting} waiting
 * @returns {() => void} leaves those that come later alone
 */
export function boundServers({ headersMs, requestMs, checkMs, keepAliveMs }) {
  const bound = ({ server }) => {
    if (!(server instanceof Server)) return
    Object.assign(server, {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
      keepAliveTimeout: keepAliveMs,
    })
  }
  subscribe(LISTEN, bound)
  return () => unsubscribe(LISTEN, bound)
}
