import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WorldInside } from '../world.fixtures'
import { worldInside } from '../world.fixtures'
import type { Acquirer, Fields } from './acquirer.fixtures'
import {
  ACQUIRER,
  completionOf,
  connect,
  message,
  network,
  nextStan,
  original,
  presentment,
  refundOf,
  reversalOf,
} from './acquirer.fixtures'
import { encode } from './iso8583'

let world: WorldInside
let acquirer: Acquirer
beforeAll(async () => {
  world = await worldInside()
})
afterAll(() => world.close())
beforeEach(async () => {
  acquirer = await connect(world.portOf('hanbit'))
})
afterEach(() => acquirer.close())

const authorization = (more: Fields) => presentment({ more })
const completion = (more: Fields) => ({ ...completionOf(presentment({}), 'ABC123'), ...more })
const reversal = (more: Fields) => ({ ...reversalOf(presentment({})), ...more })
const refund = (more: Fields) => ({ ...refundOf(completionOf(presentment({}), 'ABC123'), 100), ...more })
const totals = (more: Fields) => ({
  ...{ 7: '1121031500', 11: nextStan(), 32: ACQUIRER, 49: '410' },
  ...{ 74: '0'.repeat(10), 75: '0'.repeat(10), 76: '0'.repeat(10), 77: '0'.repeat(10) },
  ...{ 86: '0'.repeat(16), 87: '0'.repeat(16), 88: '0'.repeat(16), 89: '0'.repeat(16), 97: `D${'0'.repeat(16)}` },
  ...more,
})

const cases: readonly [what: string, mti: string, fields: () => Fields][] = [
  ...[2, 4, 12, 13, 14, 18, 22, 25, 37, 41, 42, 43, 49].map((field): [string, string, () => Fields] => [
    `an authorization without element ${field}`,
    '0100',
    () => authorization({ [field]: undefined }),
  ]),
  ['an authorization without processing code', '0100', () => authorization({ 3: undefined })],
  ['a processing code of another message', '0100', () => authorization({ 3: '200000' })],
  ['a completion with a refund’s processing code', '0220', () => completion({ 3: '200000' })],
  ['a refund with a purchase’s processing code', '0200', () => refund({ 3: '000000' })],
  ['an amount of nothing', '0100', () => authorization({ 4: '000000000000' })],
  ['a balance inquiry about an amount', '0100', () => authorization({ 3: '310000', 4: '000000000001' })],
  ['a card number whose check digit is wrong', '0100', () => authorization({ 2: '9400010210000031' })],
  ['an expiry in the thirteenth month', '0100', () => authorization({ 14: '3113' })],
  ['a transmission time after midnight', '0100', () => authorization({ 7: '1121241500' })],
  ['a local date that no calendar has', '0100', () => authorization({ 13: '1132' })],
  ['a local time with seventy seconds', '0100', () => authorization({ 12: '121570' })],
  ['an entry mode other than 010', '0100', () => authorization({ 22: '051' })],
  ['a condition code other than electronic commerce', '0100', () => authorization({ 25: '08' })],
  ['a response code in a request', '0100', () => authorization({ 39: '00' })],
  ['an authorization id in an authorization', '0100', () => authorization({ 38: 'ABC123' })],
  ['an original in an authorization', '0100', () => authorization({ 90: original('0100', '000001') })],
  ['private data of another make', '0100', () => authorization({ 48: 'NOTE=hello' })],
  ['a V-Card without its leg', '0100', () => authorization({ 48: 'VC=abc' })],
  ['a third leg of two', '0100', () => authorization({ 48: 'VC=abc;LEG=3/2' })],
  ['a security code of four digits', '0100', () => authorization({ 48: 'CVV=1234' })],
  ['a completion without authorization id', '0220', () => completion({ 38: undefined })],
  ['a completion without original', '0220', () => completion({ 90: undefined })],
  ['a completion of a completion', '0220', () => completion({ 90: original('0220', '000001') })],
  ['an original at another acquirer', '0220', () => completion({ 90: original('0100', '000001', '999') })],
  ['a reversal without reason', '0400', () => reversal({ 39: undefined })],
  ['a reversal for an unknown reason', '0400', () => reversal({ 39: '99' })],
  ['a reversal with the expiry in it', '0400', () => reversal({ 14: '3112' })],
  ['a reversal with the shop’s name in it', '0400', () => reversal({ 43: 'Shop'.padEnd(40) })],
  ['a refund that names an authorization', '0200', () => refund({ 90: original('0100', '000001') })],
  ['a refund with an authorization id', '0200', () => refund({ 38: 'ABC123' })],
  ['a settlement without its net amount', '0500', () => totals({ 97: undefined })],
  ['a settlement about a card', '0500', () => totals({ 2: '9400010270000213' })],
  ['a network message with an acquirer', '0800', () => ({ ...network('301'), 32: ACQUIRER })],
  ['a network message of an unknown sort', '0800', () => ({ ...network('301'), 70: '999' })],
  ['a repeated network message', '0801', () => network('301')],
  ['a message type that the profile does not have', '0600', () => presentment({})],
]

describe('a request that breaks the profile is answered with a format error', () => {
  test.each(cases)('%s', async (_, mti, fields) => {
    const answer = await acquirer.ask(mti, fields())
    expect(answer?.fields[39]).toBe('30')
    expect(answer?.mti).toBe(`${mti.slice(0, 2)}${Number(mti.charAt(2)) + 1}0`)
  })

  test('and nothing of it is in the books', async () => {
    expect((await world.book('hanbit')).counts).toEqual({ holds: 0, charges: 0, refunds: 0, reversals: 0 })
  })

  const malformed: readonly [what: string, spoil: (text: string) => string][] = [
    ['letters in the amount', (text) => text.replace('000000010000', '00000001000A')],
    ['a shop id that is not left-justified', (text) => text.replace('BOOKSHOP-1     ', '     BOOKSHOP-1')],
    ['a shop name in Korean', (text) => text.replace('Hanbyeol', '\u00ed\u0095\u009c\u00eb\u00b3\u0084ab')],
    ['more bytes than elements', (text) => `${text}X`],
    ['fewer bytes than elements', (text) => text.slice(0, -2)],
    ['a card number of twenty digits', (text) => text.replace('16940001', '20940001')],
  ]
  test.each(malformed)('%s', async (what, spoil) => {
    const text = encode(message('0100', presentment({})))
    expect(spoil(text)).not.toBe(text)
    acquirer.sendText(spoil(text))
    const answer = await acquirer.next()
    // Where the lengths no longer add up, what comes before is still enough to answer; before the trace number it is not.
    if (what === 'a card number of twenty digits') expect(answer).toBeUndefined()
    else expect(answer?.fields[39]).toBe('30')
  })
})

describe('what cannot be answered closes the connection', () => {
  const frames: readonly [what: string, text: string][] = [
    ['bytes that are no message', '<html>'],
    ['a bitmap in small letters', encode(message('0800', network('301'))).replace('8220', 'a220')],
    ['an element that is not in the profile', '0100' + '0800000000000000' + '12345678'],
    ['a request without trace number', encode(message('0100', { ...presentment({}), 11: undefined }))],
    ['an answer in place of a request', encode(message('0110', { ...presentment({}), 39: '00' }))],
  ]
  test.each(frames)('%s', async (_, text) => {
    acquirer.sendText(text)
    await acquirer.closed
    expect(acquirer.received).toEqual([])
  })

  test('a frame that claims to be empty', async () => {
    acquirer.socket.write(Buffer.from([0, 0]))
    await acquirer.closed
  })

  test('and the next connection is welcome', async () => {
    expect((await acquirer.ask('0100', presentment({})))?.fields[39]).toBe('00')
  })
})

test('the issuer keeps a list of what was wrong, without any card number in it', async () => {
  await acquirer.ask('0100', authorization({ 14: '3113' }))
  const { issuers } = await world.state()
  const complaints = issuers.find(({ code }) => code === 'hanbit')?.complaints
  expect(complaints?.[0]).toMatchObject({ mti: '0100', fault: 'element 14 has no valid meaning' })
  expect(JSON.stringify(complaints)).not.toMatch(/[0-9]{12,}/)
})
