import { isIP } from 'node:net'

/** For whom passkeys are made (Web Authentication, 5.4.2): a domain, and the one origin that may ask for them. */
export interface RelyingParty {
  readonly id: string
  readonly origin: string
}

/**
 * Passkeys belong to a domain, never to an address. On this machine alone, where pages are reached by a loopback address,
 * they belong to `localhost`, and are offered to whoever comes by that name.
 *
 * @returns undefined where the pages are reached by another address: no passkeys there
 */
export function relyingParty(webUrl: string): RelyingParty | undefined {
  const url = new URL(webUrl)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(host) === 0) return { id: host, origin: url.origin }
  if (!host.startsWith('127.') && host !== '::1') return undefined
  url.hostname = 'localhost'
  return { id: 'localhost', origin: url.origin }
}
