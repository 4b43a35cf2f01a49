import { BlockList, isIP } from 'node:net'

/** Who sent a request, by the address of the connection and the header in which proxies pass addresses on. */
export type ClientAddress = (peer: string | undefined, forwarded: string | undefined) => string

const UNKNOWN = 'unknown'
/** An IPv4 address as sockets that listen on both show it. */
const MAPPED = /^::ffff:([0-9.]+)$/i

/**
 * Finds the address that counts. What stands in X-Forwarded-For is believed only as far as proxies of ours have written
 * it: the chain is read from its end, and the first address that is no trusted proxy is the client's. Whatever a client
 * wrote itself stands before that and is never read.
 *
 * @param trusted addresses and networks (CIDR) of proxies
 * @throws RangeError for what is neither
 */
export function createClientAddress(trusted: readonly string[]): ClientAddress {
  const proxies = new BlockList()
  for (const entry of trusted) addTo(proxies, entry)
  const isTrusted = (address: string) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

  return (peer, forwarded) => {
    let client = plain(peer)
    if (client === undefined) return UNKNOWN
    if (trusted.length === 0) return client
    const chain = forwarded?.split(',') ?? []
    while (isTrusted(client)) {
      const before = plain(chain.pop())
      if (before === undefined) break
      client = before
    }
    return client
  }
}

function plain(text: string | undefined): string | undefined {
  const address = text?.trim().toLowerCase() ?? ''
  const bare = MAPPED.exec(address)?.[1] ?? address
  return isIP(bare) === 0 ? undefined : bare
}

function addTo(list: BlockList, entry: string): void {
  const [address = '', bits] = entry.split('/')
  const version = isIP(address)
  const most = version === 6 ? 128 : 32
  const isNetwork = bits !== undefined
  if (version === 0 || (isNetwork && (!/^[0-9]{1,3}$/.test(bits) || Number(bits) > most))) {
    throw new RangeError(`${entry} is neither an address nor a network`)
  }
  const family = version === 6 ? 'ipv6' : 'ipv4'
  if (isNetwork) list.addSubnet(address, Number(bits), family)
  else list.addAddress(address, family)
}
