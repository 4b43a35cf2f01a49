import { expect, test } from 'vitest'
import { readSettings } from './env'
import { createClientAddress } from './client-address'

const PROXY = '10.0.0.7'

test.each<[string, readonly string[], string | undefined, string | undefined, string]>([
  ['without a trusted proxy nothing in the header counts', [], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['nor when the connection comes from somebody else', [PROXY], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a trusted proxy says whom it speaks for', [PROXY], PROXY, '198.51.100.1', '198.51.100.1'],
  [
    'of a chain the last one it wrote counts, not what the client wrote',
    [PROXY],
    PROXY,
    '1.1.1.1, 198.51.100.1',
    '198.51.100.1',
  ],
  ['several proxies are read through', ['10.0.0.0/8'], PROXY, '1.1.1.1, 198.51.100.1, 10.1.2.3', '198.51.100.1'],
  ['a chain of proxies alone ends at its first', ['10.0.0.0/8'], PROXY, '10.9.9.9, 10.1.2.3', '10.9.9.9'],
  ['what is no address ends the chain', [PROXY], PROXY, '198.51.100.1, rubbish', PROXY],
  ['a proxy that says nothing stands for itself', [PROXY], PROXY, undefined, PROXY],
  ['a network of the new protocol', ['2001:db8::/32'], '2001:db8::1', '2001:DB9::5', '2001:db9::5'],
  [
    'an old address in the form of the new protocol is the same',
    [PROXY],
    `::ffff:${PROXY}`,
    '198.51.100.1',
    '198.51.100.1',
  ],
  ['a connection of which nothing is known', [PROXY], undefined, '198.51.100.1', 'unknown'],
])('%s', (_title, trusted, peer, forwarded, expected) => {
  expect(createClientAddress(trusted)(peer, forwarded)).toBe(expected)
})

test.each(['10.0.0', '10.0.0.0/33', 'proxy.example', '::1/129', '10.0.0.0/x', ''])(
  '%o is refused as a trusted proxy at start',
  (entry) => {
    expect(() => createClientAddress([entry])).toThrow(RangeError)
    if (entry !== '') expect(() => readSettings({ TRUSTED_PROXIES: entry })).toThrow('TRUSTED_PROXIES')
  },
)
