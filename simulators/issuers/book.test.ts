import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WorldInside } from '../world.fixtures'
import { worldInside } from '../world.fixtures'
import type { Acquirer, Fields } from './acquirer.fixtures'
import {
  ACQUIRER,
  completionOf,
  connect,
  leg,
  message,
  network,
  nextStan,
  presentment,
  refundOf,
  reversalOf,
} from './acquirer.fixtures'
import { Book, HOLD_LASTS_MS } from './book'
import type { CardRole } from './demo-cards'
import { DEMO_CARDS, demoCard, unissuedNumber } from './demo-cards'
import { passesLuhn } from './luhn'
import type { Message } from './iso8583'

let world: WorldInside
let acquirer: Acquirer
beforeAll(async () => {
  world = await worldInside()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.reset()
  acquirer = await connect(world.portOf('hanbit'))
})
afterEach(() => acquirer.close())

const codeOf = (answer: Message | undefined): string | undefined => answer?.fields[39]
const ask = async (mti: string, fields: Fields) => codeOf(await acquirer.ask(mti, fields))

/** An approved authorization and the id it was given. */
async function authorize(wanted: Parameters<typeof presentment>[0] = {}) {
  const fields = presentment(wanted)
  const answer = await acquirer.ask('0100', fields)
  expect(codeOf(answer)).toBe('00')
  return { fields, id: answer?.fields[38] }
}

async function complete(wanted: Parameters<typeof presentment>[0] & { captured?: number } = {}) {
  const { fields, id } = await authorize(wanted)
  const completion = completionOf(fields, id, wanted.captured)
  expect(await ask('0220', completion)).toBe('00')
  return completion
}

const card = async (role: CardRole = 'roomy') => {
  const { cards } = await world.book('hanbit', { card: demoCard('hanbit', role).number })
  return cards[0]
}

describe('authorization', () => {
  test('holds the amount, and tells in the book which leg of which V-Card it belongs to', async () => {
    const { fields, id } = await authorize({ amount: 70_000, more: leg('vc-1', 1, 3) })
    const book = await world.book('hanbit', { vcard: 'vc-1' })
    expect(book.holds).toMatchObject([
      {
        ...{ rrn: fields[37]?.trim().padEnd(12), stan: fields[11], amount: '70000', currency: 'KRW', state: 'held' },
        ...{ vcard: 'vc-1', leg: 1, of: 3, authorizationId: id, acquirer: ACQUIRER, merchant: 'BOOKSHOP-1' },
      },
    ])
    expect(await card()).toMatchObject({ held: '70000', owed: '0', available: '9930000' })
  })

  test('the answer is the request again with code and authorization id, without expiry and security code', async () => {
    const wanted = presentment({ more: { 48: `VC=a;LEG=1/2;CVV=${demoCard('hanbit').securityCode}` } })
    const answer = await acquirer.ask('0100', wanted)
    const { 14: _expiry, ...echoed } = wanted
    expect(answer).toEqual(message('0110', { ...echoed, 48: 'VC=a;LEG=1/2', 38: answer?.fields[38], 39: '00' }))
    expect(answer?.fields[38]).toMatch(/^[0-9A-Z]{6}$/)
  })

  const refusals: readonly [role: CardRole, code: string, amount: number][] = [
    ['small-limit', '51', 50_001],
    ['expired', '54', 1000],
    ['lost', '41', 1000],
    ['stolen', '43', 1000],
    ['declines', '05', 1000],
    ['not-permitted', '57', 1000],
    ['restricted', '62', 1000],
    ['purchase-limit', '61', 300_001],
    ['locked', '75', 1000],
    ['unavailable', '91', 1000],
    ['malfunction', '96', 1000],
  ]
  test.each(refusals)('the %s card is refused with %s and nothing is held', async (role, code, amount) => {
    expect(await ask('0100', presentment({ card: demoCard('hanbit', role), amount }))).toBe(code)
    expect(await card(role)).toMatchObject({ held: '0' })
  })

  test('a card takes exactly what is left of its limit, and not a unit more', async () => {
    const everyday = demoCard('hanbit', 'everyday')
    const left = everyday.limit - everyday.owed
    expect(await ask('0100', presentment({ card: everyday, amount: left + 1n }))).toBe('51')
    expect(await ask('0100', presentment({ card: everyday, amount: left }))).toBe('00')
    expect(await ask('0100', presentment({ card: everyday, amount: 1 }))).toBe('51')
  })

  test('a card with a daily count is refused once the count is full', async () => {
    const counted = demoCard('hanbit', 'daily-count')
    const codes = []
    for (let time = 0; time < 4; time++) codes.push(await ask('0100', presentment({ card: counted })))
    expect(codes).toEqual(['00', '00', '00', '65'])
  })

  test('a number given to nobody, or by another issuer, is no such card', async () => {
    expect(await ask('0100', presentment({ more: { 2: unissuedNumber('hanbit') } }))).toBe('14')
    expect(await ask('0100', presentment({ more: { 2: demoCard('saero').number } }))).toBe('14')
  })

  test('a wrong expiry is an expired card, another currency not permitted', async () => {
    expect(await ask('0100', presentment({ more: { 14: '3011' } }))).toBe('54')
    expect(await ask('0100', presentment({ more: { 49: '840' } }))).toBe('57')
  })

  test('the third wrong security code locks the card, even for the right one', async () => {
    const { securityCode } = demoCard('hanbit')
    const wrong = { 48: `CVV=${securityCode === '999' ? '998' : '999'}` }
    const codes = []
    for (let time = 0; time < 3; time++) codes.push(await ask('0100', presentment({ more: wrong })))
    codes.push(await ask('0100', presentment({ more: { 48: `CVV=${securityCode}` } })))
    expect(codes).toEqual(['05', '05', '75', '75'])
  })

  test('a second authorization under the retrieval reference of another is a duplicate', async () => {
    const { fields } = await authorize()
    expect(await ask('0100', { ...fields, 11: nextStan() })).toBe('94')
  })
})

describe('balance inquiry', () => {
  test('tells what is owed and what can still be spent, held amounts taken off', async () => {
    await authorize({ card: demoCard('hanbit', 'everyday'), amount: 50_000 })
    const answer = await acquirer.ask(
      '0100',
      presentment({ card: demoCard('hanbit', 'everyday'), amount: 0, more: { 3: '310000' } }),
    )
    expect(codeOf(answer)).toBe('00')
    expect(answer?.fields[54]).toBe('3001410D000001800000' + '3002410C000000150000')
    expect(answer?.fields[38]).toBeUndefined()
  })

  test('a balance that overpays is a credit', async () => {
    await world.changeCard('hanbit', { number: demoCard('hanbit').number, owed: '0' })
    const completion = await complete({ amount: 1000 })
    await world.changeCard('hanbit', { number: demoCard('hanbit').number, owed: '0' })
    await ask('0200', refundOf(completion, 400))
    const answer = await acquirer.ask('0100', presentment({ amount: 0, more: { 3: '310000' } }))
    expect(answer?.fields[54]).toBe('3001410C000000000400' + '3002410C000010000400')
  })
})

describe('completion', () => {
  test('turns part of the hold into a charge and lets the rest go', async () => {
    await complete({ amount: 50_000, captured: 30_000 })
    expect(await card()).toMatchObject({ owed: '30000', held: '0' })
    const { holds, charges } = await world.book('hanbit')
    expect(holds).toMatchObject([{ state: 'completed', amount: '50000' }])
    expect(charges).toMatchObject([{ amount: '30000', refunded: '0' }])
  })

  test('is refused beyond the hold, twice, after a reversal, and without the right authorization id', async () => {
    const { fields, id } = await authorize({ amount: 1000 })
    expect(await ask('0220', completionOf(fields, id, 1001))).toBe('61')
    expect(await ask('0220', completionOf(fields, id === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA'))).toBe('25')
    expect(await ask('0220', completionOf(fields, id))).toBe('00')
    expect(await ask('0220', completionOf(fields, id))).toBe('94')

    const other = await authorize({ amount: 1000 })
    expect(await ask('0400', reversalOf(other.fields))).toBe('00')
    expect(await ask('0220', completionOf(other.fields, other.id))).toBe('25')
  })

  test('of an authorization that never was has no original', async () => {
    expect(await ask('0220', completionOf(presentment({}), 'ABC123'))).toBe('25')
  })
})

describe('reversal', () => {
  test('lets the whole hold go', async () => {
    const { fields } = await authorize({ amount: 8000 })
    expect(await ask('0400', reversalOf(fields, { reason: '21' }))).toBe('00')
    expect(await card()).toMatchObject({ held: '0', owed: '0' })
    expect((await world.book('hanbit')).reversals).toMatchObject([{ amount: '8000', reason: '21', found: true }])
  })

  test('that comes before its authorization is answered 25, and the late authorization is refused', async () => {
    const late = presentment({ amount: 9000 })
    expect(await ask('0400', reversalOf(late, { reason: '68' }))).toBe('25')
    expect(await ask('0100', late)).toBe('05')
    expect(await ask('0101', late)).toBe('05')
    expect((await world.book('hanbit')).counts.holds).toBe(0)
  })

  test('of part of a hold is a format error, of a charge not permitted; neither changes anything', async () => {
    const { fields } = await authorize({ amount: 9000 })
    expect(await ask('0400', { ...reversalOf(fields), 4: '000000008999' })).toBe('30')
    const completion = await complete({ amount: 500 })
    expect(await ask('0400', { ...reversalOf(completion), 90: completion[90] })).toBe('57')
    expect(await card()).toMatchObject({ held: '9000', owed: '500' })
  })

  test('under a new trace number of what is reversed already is done already', async () => {
    const { fields } = await authorize()
    expect(await ask('0400', reversalOf(fields))).toBe('00')
    expect(await ask('0400', reversalOf(fields))).toBe('00')
    expect((await world.book('hanbit')).counts.reversals).toBe(1)
  })
})

describe('refund', () => {
  test('gives back part by part, never more than was charged', async () => {
    const completion = await complete({ amount: 10_000, captured: 7000 })
    expect(await ask('0200', refundOf(completion, 4000))).toBe('00')
    expect(await ask('0200', refundOf(completion, 3001))).toBe('61')
    expect(await ask('0200', refundOf(completion, 3000))).toBe('00')
    expect(await ask('0200', refundOf(completion, 1))).toBe('61')
    expect(await card()).toMatchObject({ owed: '0' })
    expect((await world.book('hanbit')).charges).toMatchObject([{ amount: '7000', refunded: '7000' }])
  })

  test('of what was never charged has no original', async () => {
    expect(await ask('0200', refundOf(completionOf(presentment({}), 'ABC123'), 100))).toBe('25')
  })
})

describe('repeats', () => {
  test('every repeat is answered as the first was, and does nothing twice', async () => {
    const authorization = presentment({ amount: 5000 })
    const first = await acquirer.ask('0100', authorization)
    expect(await acquirer.ask('0101', authorization)).toEqual(first)
    const completion = completionOf(authorization, first?.fields[38], 4000)
    expect(await acquirer.ask('0220', completion)).toEqual(await acquirer.ask('0221', completion))
    const refund = refundOf(completion, 1500)
    expect(await acquirer.ask('0200', refund)).toEqual(await acquirer.ask('0201', refund))
    const { fields } = await authorize({ amount: 600 })
    const reversal = reversalOf(fields)
    expect(await acquirer.ask('0400', reversal)).toEqual(await acquirer.ask('0401', reversal))

    expect(await card()).toMatchObject({ held: '0', owed: '2500' })
    expect((await world.book('hanbit')).counts).toEqual({ holds: 2, charges: 1, refunds: 1, reversals: 1 })
  })

  test('a decline is repeated too, even if the card could pay by now', async () => {
    const small = demoCard('hanbit', 'small-limit')
    const authorization = presentment({ card: small, amount: 60_000 })
    expect(await ask('0100', authorization)).toBe('51')
    await world.changeCard('hanbit', { number: small.number, limit: '900000' })
    expect(await ask('0101', authorization)).toBe('51')
  })

  test('an issuer that was away works on the repeat as if it were the first', async () => {
    const away = demoCard('hanbit', 'unavailable')
    const authorization = presentment({ card: away })
    expect(await ask('0100', authorization)).toBe('91')
    await world.changeCard('hanbit', { number: away.number, standing: 'normal' })
    expect(await ask('0101', authorization)).toBe('00')
  })

  test('a repeat whose original never arrived is worked on', async () => {
    expect(await ask('0101', presentment({ amount: 700 }))).toBe('00')
    expect(await card()).toMatchObject({ held: '700' })
  })

  test('the same request not marked as a repeat, or a repeat with another amount, is a duplicate', async () => {
    const { fields } = await authorize({ amount: 700 })
    expect(await ask('0100', fields)).toBe('94')
    expect(await ask('0101', { ...fields, 4: '000000000800' })).toBe('94')
    expect(await card()).toMatchObject({ held: '700' })
  })

  test('the same trace number of another acquirer is another request', async () => {
    const { fields } = await authorize({ amount: 700 })
    expect(await ask('0100', { ...fields, 32: '42000002' })).toBe('00')
  })
})

describe('lapse', () => {
  test('a hold lapses after seven days, not before, and cannot be completed any more', () => {
    const book = new Book('hanbit')
    const roomy = demoCard('hanbit').number
    const handle = (mti: string, fields: Fields, kind: 'authorization' | 'completion' | 'reversal', at: number) =>
      book.handle(message(mti, fields), kind, { repeat: false, at }).reply
    const start = Date.UTC(2026, 10, 21)
    const authorization = presentment({ amount: 1000 })
    const { authorizationId } = handle('0100', authorization, 'authorization', start)

    handle('0100', presentment({ amount: 1 }), 'authorization', start + HOLD_LASTS_MS - 1)
    expect(book.cards.get(roomy)?.held).toBe(1001n)
    const completion = completionOf(authorization, authorizationId)
    expect(handle('0220', completion, 'completion', start + HOLD_LASTS_MS).code).toBe('25')
    expect(handle('0400', reversalOf(authorization), 'reversal', start + HOLD_LASTS_MS).code).toBe('25')
    expect(book.cards.get(roomy)?.held).toBe(1n)
  })

  test('a hold can be let go early to see what the gateway makes of it', async () => {
    const { fields, id } = await authorize({ amount: 1000 })
    expect(await world.lapse('hanbit', { card: demoCard('hanbit').number })).toBe(1)
    expect(await ask('0220', completionOf(fields, id))).toBe('25')
    expect((await world.book('hanbit')).holds).toMatchObject([{ state: 'lapsed' }])
  })
})

describe('reconciliation', () => {
  const number = (value: number) => String(value).padStart(10, '0')
  const amount = (value: number) => String(value).padStart(16, '0')
  const settlement = (counts: { completed?: number; refunded?: number; reversed?: number; net: number }): Fields => ({
    ...{ 7: '1121150000', 11: nextStan(), 32: ACQUIRER, 49: '410' },
    ...{ 74: number(counts.refunded ? 1 : 0), 75: number(0) },
    ...{ 76: number(counts.completed ? 1 : 0), 77: number(counts.reversed ? 1 : 0) },
    ...{ 86: amount(counts.refunded ?? 0), 87: amount(0) },
    ...{ 88: amount(counts.completed ?? 0), 89: amount(counts.reversed ?? 0) },
    97: `${counts.net < 0 ? 'C' : 'D'}${amount(Math.abs(counts.net))}`,
  })

  test('equal totals are in balance and start new ones; the repeat is answered the same', async () => {
    const completion = await complete({ amount: 5000 })
    await ask('0200', refundOf(completion, 2000))
    const { fields } = await authorize({ amount: 300 })
    await ask('0400', reversalOf(fields))

    const wanted = settlement({ completed: 5000, refunded: 2000, reversed: 300, net: 3000 })
    const answer = await acquirer.ask('0500', wanted)
    expect(answer?.mti).toBe('0510')
    expect(answer?.fields[66]).toBe('1')
    expect(await acquirer.ask('0500', wanted)).toEqual(answer)
    expect((await acquirer.ask('0500', settlement({ net: 0 })))?.fields[66]).toBe('1')
  })

  test('other totals are out of balance; the answer carries the issuer’s own, which stay open', async () => {
    await complete({ amount: 5000 })
    const answer = await acquirer.ask('0500', settlement({ completed: 4999, net: 4999 }))
    expect(answer?.fields[66]).toBe('2')
    expect(answer?.fields[88]).toBe(amount(5000))
    expect((await acquirer.ask('0500', settlement({ completed: 5000, net: 5000 })))?.fields[66]).toBe('1')
  })

  test('a reversal for which nothing was found is not counted', async () => {
    await ask('0400', reversalOf(presentment({})))
    expect((await acquirer.ask('0500', settlement({ net: 0 })))?.fields[66]).toBe('1')
  })
})

describe('network messages', () => {
  test('nothing financial is done before sign-on or after sign-off; an echo is always answered', async () => {
    const fresh = await connect(world.portOf('hanbit'), { signOn: false })
    const codes = async (mti: string, fields: Fields) => codeOf(await fresh.ask(mti, fields))
    expect(await codes('0800', network('301'))).toBe('00')
    expect(await codes('0100', presentment({}))).toBe('91')
    expect(await codes('0800', network('001'))).toBe('00')
    expect(await codes('0100', presentment({}))).toBe('00')
    expect(await codes('0800', network('002'))).toBe('00')
    expect(await codes('0100', presentment({}))).toBe('91')
    fresh.close()
  })
})

test('many requests under way at once are each answered once, with their own amounts', async () => {
  const amounts = Array.from({ length: 300 }, (_, at) => at + 1)
  const answers = await Promise.all(amounts.map((amount) => acquirer.ask('0100', presentment({ amount }))))
  expect(answers.map((answer) => Number(answer?.fields[4]))).toEqual(amounts)
  expect((await world.book('hanbit')).totals.held).toBe(String(amounts.reduce((sum, each) => sum + each, 0)))
  expect(acquirer.received).toEqual([])
})

test('every demo card has a valid number of its own', () => {
  const numbers = DEMO_CARDS.map((each) => each.number)
  expect(new Set(numbers).size).toBe(75)
  expect(numbers.every((number) => number.length === 16 && passesLuhn(number))).toBe(true)
})
