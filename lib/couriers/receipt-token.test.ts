import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { uuidAt } from '../ids'
import { createLinkTokens } from '../payment-links/link-token'
import { createReceiptTokens } from './receipt-token'

const secret = randomBytes(32)
const tokens = createReceiptTokens(secret)
const at = new Date('2026-11-22T05:00:00Z')
const subject = { merchantId: uuidAt(at), id: uuidAt(at), takenAt: at }

test('P5.5: a receipt’s address names one delivery of one shop and one moment', () => {
  expect(tokens.read(tokens.write(subject))).toEqual(subject)
})

test('P5.5: an address of which any one character was changed is none', () => {
  const token = tokens.write(subject)
  for (let place = 0; place < token.length; place++) {
    const other = token[place] === 'A' ? 'B' : 'A'
    expect(tokens.read(token.slice(0, place) + other + token.slice(place + 1))).toBeUndefined()
  }
})

test.each([
  ['of another installation', createReceiptTokens(randomBytes(32)).write(subject)],
  ['made to sell something', createLinkTokens(secret, 'payment-link').write(subject, '')],
  ['too long', `${tokens.write(subject)}A`],
  ['with a sign that is not of the alphabet', `${tokens.write(subject).slice(0, -1)}=`],
  ['empty', ''],
])('P5.5: an address %s is none', (_what, token) => {
  expect(tokens.read(token)).toBeUndefined()
})
