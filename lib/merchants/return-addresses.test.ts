import { describe, expect, test } from 'vitest'
import { readReturnAddresses } from './return-addresses'

describe('the addresses to which a shop lets shoppers be sent back (P5.6)', () => {
  test('are read one a line and kept exactly as typed, each once', () => {
    const read = readReturnAddresses(
      ' https://shop.example/paid?from=moa \n\nhttp://127.0.0.1:3001/paid\r\nhttps://shop.example/paid?from=moa',
    )
    expect(read).toEqual({
      kind: 'read',
      addresses: ['https://shop.example/paid?from=moa', 'http://127.0.0.1:3001/paid'],
    })
  })

  test('may all be taken away', () => {
    expect(readReturnAddresses('')).toEqual({ kind: 'read', addresses: [] })
  })

  test.each([
    ['no address', 'shop.example/paid', 'bad-return-url'],
    ['a script', 'javascript:alert(1)', 'bad-return-url'],
    ['one that only looks like the shop’s', 'https://shop.example@elsewhere.example/', 'bad-return-url'],
    ['one with a fragment', 'https://shop.example/#paid', 'bad-return-url'],
    ['one that is too long', `https://shop.example/${'p'.repeat(500)}`, 'bad-return-url'],
    ['one that anybody on the way can read', 'http://shop.example/paid', 'return-not-https'],
  ])('refuse %s', (_what, address, reason) => {
    expect(readReturnAddresses(`https://shop.example/ok\n${address}`)).toEqual({ kind: 'refused', reason, address })
  })

  test('are twenty at most', () => {
    const addresses = Array.from({ length: 21 }, (_, n) => `https://shop.example/${n}`)
    expect(readReturnAddresses(addresses.join('\n'))).toEqual({ kind: 'refused', reason: 'too-many-return-urls' })
  })
})
