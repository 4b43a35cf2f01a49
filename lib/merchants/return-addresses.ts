/** More pages than this to come back to is a list nobody keeps in order. */
const MOST = 20
const LONGEST = 500

export type ReturnAddressFault = 'bad-return-url' | 'return-not-https' | 'too-many-return-urls'

export type ReadReturnAddresses =
  { kind: 'read'; addresses: readonly string[] } | { kind: 'refused'; reason: ReturnAddressFault; address?: string }

/**
 * Reads the addresses to which a shop lets its checkouts send shoppers back, one a line. They are compared letter by
 * letter later (P5.6), so they are kept as typed; a browser must be able to go there without being led astray: no
 * credentials, no fragment, and https unless it is this same machine.
 */
export function readReturnAddresses(text: string): ReadReturnAddresses {
  const addresses = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
  if (addresses.length > MOST) return { kind: 'refused', reason: 'too-many-return-urls' }
  for (const address of addresses) {
    const reason = faultOf(address)
    if (reason) return { kind: 'refused', reason, address }
  }
  return { kind: 'read', addresses }
}

function faultOf(address: string): ReturnAddressFault | undefined {
  if (address.length > LONGEST || !URL.canParse(address)) return 'bad-return-url'
  const url = new URL(address)
  if (url.username !== '' || url.password !== '' || url.hash !== '') return 'bad-return-url'
  if (url.protocol === 'https:') return undefined
  if (url.protocol !== 'http:') return 'bad-return-url'
  return url.hostname === 'localhost' || url.hostname === '127.0.0.1' ? undefined : 'return-not-https'
}
