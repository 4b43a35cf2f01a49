import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nameHashOf } from '../gateways/telco/name-hash'
import { demoLine, type LineRole } from '../../simulators/telco/demo-lines'
import { expectNowhere } from '../../test/nowhere'
import { krw } from '../money/money'
import type { Payment } from '../payments/payment'
import type { WantedLine } from './phone-bill'
import { anAsker, type PhoneWorld, type SentCode, startPhoneWorld } from './phone.fixtures'

let world: PhoneWorld

beforeAll(async () => {
  world = await startPhoneWorld()
})

beforeEach(async () => {
  await world.outside.reset()
  await world.gateway.database.pool.query('delete from rate_count')
})

const calling = (role: LineRole): WantedLine => {
  const { number, pin } = demoLine(role)
  return pin === undefined ? { kind: 'line', number } : { kind: 'calling-card', number, pin }
}

const pay = (payment: Payment, { codeId, code }: SentCode, more: object = {}) =>
  world.gateway.payments.pay(payment.merchantId, payment.id, {
    means: [{ module: 'phone-bill', input: { codeId, code, ...more } }],
  })

/** A code that is not the right one. */
const wrong = ({ codeId, code }: SentCode): SentCode => ({ codeId, code: code === '000000' ? '000001' : '000000' })

async function messagesOf(payment: Payment) {
  const { rows } = await world.gateway.database.pool.query<{ topic: string; payload: Record<string, unknown> }>(
    `select topic, payload from message where payment_id = $1 and kind = 'sms' order by id`,
    [payment.id],
  )
  return rows
}

test('a guest pays on the phone bill with the code that was sent to the line (M-1, M-3, M-8, M-44)', async () => {
  const payment = await world.order(22_000n)
  const sent = await world.code(payment, calling('roomy'))
  expect(await pay(payment, sent)).toMatchObject({ kind: 'settled', payment: { state: 'paid' } })
  expect((await messagesOf(payment)).map(({ topic }) => topic)).toEqual(['payment-code', 'phone-purchase'])
})

test('a calling card is paid with by the code and its PIN, at a system of its own (M-17, M-26)', async () => {
  const payment = await world.order(5_000n)
  const sent = await world.code(payment, calling('card'))
  expect(await pay(payment, sent, { pin: demoLine('card').pin })).toMatchObject({ payment: { state: 'paid' } })
  const another = await world.order(5_000n)
  const again = await world.code(another, calling('card'))
  expect(await pay(another, again, { pin: '0000' })).toMatchObject({ kind: 'declined', reason: 'wrong-pin' })
})

test('the message names shop, amount and expiry; digits and number stand nowhere in the database (P6.6, P8.1)', async () => {
  const payment = await world.order(22_000n)
  const { code } = await world.code(payment, calling('roomy'))
  const [message] = await messagesOf(payment)
  expect(message?.payload).toMatchObject({ shop: world.shop.name, amount: '22000', currency: 'KRW', spoken: false })
  const { pool } = world.gateway.database
  const { rows } = await pool.query<{ kept: string }>(
    `select o::text as kept from one_time_code o where subject_id = $1
     union all select m::text from message m where payment_id = $1 union all select l::text from phone_line l`,
    [payment.id],
  )
  expectNowhere(rows, `"${code}"`, demoLine('roomy').number)
})

test('a fixed line is called, unless its operator knows a mobile number for it', async () => {
  for (const [role, spoken] of [
    ['fixed', true],
    ['fixed-notify', false],
    ['card-spoken', true],
  ] as const) {
    const payment = await world.order(1_000n)
    await world.code(payment, calling(role))
    expect((await messagesOf(payment)).map(({ payload }) => payload['spoken'])).toEqual([spoken])
  }
})

describe('a code is good for one payment, one amount, one line, once (P6.6)', () => {
  test('not for another payment', async () => {
    const [payment, another] = [await world.order(1_000n), await world.order(1_000n)]
    const sent = await world.code(payment, calling('roomy'))
    expect(await pay(another, sent)).toMatchObject({ kind: 'declined', reason: 'wrong-code' })
    expect(await pay(payment, sent)).toMatchObject({ kind: 'settled' })
  })

  test('not for another amount of the same payment', async () => {
    const payment = await world.order(3_000n)
    const sent = await world.code(payment, calling('roomy'), { amount: krw(2_000n) })
    expect(await pay(payment, sent)).toMatchObject({ kind: 'declined', reason: 'wrong-code' })
  })

  test('not any more once a code for another line was asked for', async () => {
    const payment = await world.order(1_000n)
    const first = await world.code(payment, calling('roomy'))
    const second = await world.code(payment, calling('fixed'))
    expect(await pay(payment, first)).toMatchObject({ kind: 'declined', reason: 'wrong-code' })
    expect(await pay(payment, second)).toMatchObject({ kind: 'settled' })
  })

  test('not after three minutes', async () => {
    const payment = await world.order(1_000n)
    const sent = await world.code(payment, calling('roomy'))
    world.clock.forward(3 * 60_000 + 1)
    expect(await pay(payment, sent)).toMatchObject({ kind: 'declined', reason: 'code-expired' })
  })
})

test('five wrong codes, over all codes of a payment, end the purchase on the phone bill for good', async () => {
  const payment = await world.order(1_000n)
  const first = await world.code(payment, calling('roomy'))
  for (let tried = 0; tried < 3; tried++) {
    expect(await pay(payment, wrong(first))).toMatchObject({ kind: 'declined', reason: 'wrong-code' })
  }
  world.clock.forward(31_000)
  const second = await world.code(payment, calling('roomy'))
  expect(await pay(payment, wrong(second))).toMatchObject({ reason: 'wrong-code' })
  expect(await pay(payment, wrong(second))).toMatchObject({ reason: 'too-many-tries' })
  expect(await pay(payment, second)).toMatchObject({ kind: 'declined', reason: 'too-many-tries' })
  world.clock.forward(31_000)
  expect(await world.askCode(payment, calling('roomy'))).toEqual({ kind: 'not-payable' })
})

test('guesses at the same moment are counted one by one', async () => {
  const payment = await world.order(1_000n)
  const sent = await world.code(payment, calling('roomy'))
  const answers = await Promise.all(Array.from({ length: 20 }, () => pay(payment, wrong(sent))))
  const reasons = answers.map((answer) => (answer.kind === 'declined' ? answer.reason : answer.kind))
  expect(reasons.filter((reason) => reason === 'wrong-code')).toHaveLength(4)
  expect(reasons.filter((reason) => reason === 'too-many-tries')).toHaveLength(16)
})

describe('before control is proved nothing is told of a line; then it is told plainly (P6.7)', () => {
  test.each([
    ['arrears', 'line-arrears'],
    ['suspended', 'line-suspended'],
    ['not-billable', 'line-not-usable'],
  ] as const)(
    'a line that is %s is answered like any other, and %s is said to its holder (M-58)',
    async (role, reason) => {
      const payment = await world.order(1_000n)
      const arrives = await world.nextCode(demoLine(role).number)
      const answer = await world.askCode(payment, calling(role))
      const usual = await world.askCode(await world.order(1_000n), calling('roomy'))
      if (answer.kind !== 'sent' || usual.kind !== 'sent') throw new Error('both are sent')
      expect(Object.keys(answer)).toEqual(Object.keys(usual))
      const paid = await pay(payment, { codeId: answer.codeId, code: await arrives() })
      expect(paid).toMatchObject({ kind: 'declined', reason })
    },
  )

  test('a number that does not exist is answered like any other; no code is sent, and none is right (M-57, M-27)', async () => {
    const payment = await world.order(1_000n)
    const answer = await world.askCode(payment, { kind: 'line', number: '+821099999999' })
    expect(answer).toMatchObject({ kind: 'sent', maskedTo: expect.stringMatching(/9999$/) as unknown })
    expect(await messagesOf(payment)).toEqual([])
    const codeId = answer.kind === 'sent' ? answer.codeId : ''
    expect(await pay(payment, { codeId, code: '123456' })).toMatchObject({ kind: 'declined', reason: 'wrong-code' })
  })

  test('that somebody is not the subscriber is told only to whoever holds the line', async () => {
    const payment = await world.order(1_000n)
    const { birthDate } = demoLine('mobile')
    const stranger = { subscriber: { nameHash: nameHashOf('김철수'), birthDate } }
    const sent = await world.code(payment, calling('mobile'), stranger)
    expect(await pay(payment, sent)).toMatchObject({ kind: 'declined', reason: 'subscriber-mismatch' })
  })

  test('a line whose subscriber is shown to be a minor is closed until it is switched on (P7.2)', async () => {
    const payment = await world.order(1_000n)
    const { name, birthDate } = demoLine('minor')
    const sent = await world.code(payment, calling('minor'), { subscriber: { nameHash: nameHashOf(name), birthDate } })
    expect(await pay(payment, sent)).toMatchObject({ kind: 'declined', reason: 'line-of-minor' })
  })
})

describe('sending is limited (P6.6)', () => {
  test('to five an hour for a number, whoever asks for whichever payment', async () => {
    for (let sent = 0; sent < 5; sent++) await world.code(await world.order(1_000n), calling('roomy'))
    const next = await world.order(1_000n)
    const refused = await world.askCode(next, calling('roomy'))
    expect(refused.kind).toBe('too-many')
    const another = await world.another()
    const { merchantId, id: paymentId } = next
    const elsewhere = { merchantId, paymentId, amount: krw(1_000n), calling: calling('roomy'), asker: anAsker() }
    expect(await another.phoneBill.requestCode(elsewhere)).toMatchObject({ kind: 'too-many' })
    expect(await world.askCode(next, calling('fixed'))).toMatchObject({ kind: 'sent' })
    if (refused.kind === 'too-many') world.clock.set(refused.retryAt)
    expect(await world.askCode(await world.order(1_000n), calling('roomy'))).toMatchObject({ kind: 'sent' })
  })

  test('to one in half a minute for the same line of a payment', async () => {
    const payment = await world.order(1_000n)
    const answer = await world.askCode(payment, calling('roomy'))
    const again = await world.askCode(payment, calling('roomy'))
    expect(again).toEqual({ kind: 'too-many', retryAt: answer.kind === 'sent' ? answer.resendAt : undefined })
  })

  test.each([
    ['an address too, whichever browsers are behind it', { address: '203.0.113.9' }, 30],
    ['the browser of a guest too, whichever networks it comes from', { session: 'a browser' }, 10],
  ])('for %s', async (_, changes, most) => {
    const kinds: string[] = []
    for (let asked = 0; asked <= most; asked++) {
      const number = `+8210555500${String(asked).padStart(2, '0')}`
      const asker = anAsker(changes)
      kinds.push((await world.askCode(await world.order(1_000n), { kind: 'line', number }, { asker })).kind)
    }
    expect(kinds).toEqual([...Array.from({ length: most }, () => 'sent'), 'too-many'])
  })

  test('and a telco that does not answer costs nobody a sending', async () => {
    await world.outside.telcoSwitch('baram', {
      on: 'authenticate',
      do: { kind: 'decline', code: 'TRY_LATER' },
      times: 6,
    })
    for (let asked = 0; asked < 6; asked++) {
      const payment = await world.order(1_000n)
      expect(await world.askCode(payment, calling('roomy'))).toEqual({ kind: 'try-later' })
    }
    expect(await world.askCode(await world.order(1_000n), calling('roomy'))).toMatchObject({ kind: 'sent' })
  })
})

test('a guest is refused where the shop asks for a log-in', async () => {
  const payment = await world.order(1_000n)
  const shop = { where: { id: world.shop.id } }
  await world.gateway.database.prisma.merchant.update({ ...shop, data: { phoneGuests: false } })
  expect(await world.askCode(payment, calling('roomy'))).toEqual({ kind: 'not-payable' })
  await world.gateway.database.prisma.merchant.update({ ...shop, data: { phoneGuests: true } })
})

test('what a client sends never stands for a proved line', async () => {
  const lineId = await world.line()
  const payment = await world.order(1_000n)
  for (const input of [
    { lineId },
    { lineId, proven: true },
    JSON.parse(JSON.stringify(world.gateway.phoneBill.proven(lineId))),
  ]) {
    const paid = await world.gateway.payments.pay(payment.merchantId, payment.id, {
      means: [{ module: 'phone-bill', input }],
    })
    expect(paid).toEqual({ kind: 'refused', reason: 'wrong-means' })
  }
})

describe('a shopper’s own lines', () => {
  const shopperId = '01920000-0000-7000-8000-00000000000a'

  test('are added by a code that was sent to them, and shown with what they were charged this month', async () => {
    const { phoneBill } = world.gateway
    const { number } = demoLine('isdn')
    const arrives = await world.nextCode(number)
    const asked = await phoneBill.requestProof({
      ...{ ownerId: shopperId, calling: { kind: 'line', number }, locale: 'ko', asker: anAsker() },
    })
    if (asked.kind !== 'sent') throw new Error(asked.kind)
    const { proofId, codeId } = asked
    const code = await arrives()
    expect(await phoneBill.prove(shopperId, { proofId, ...wrong({ codeId, code }) })).toEqual({ kind: 'wrong-code' })
    const proof = await phoneBill.prove(shopperId, { proofId, codeId, code })
    if (proof.kind !== 'proven') throw new Error(proof.kind)
    expect(await phoneBill.prove(shopperId, { proofId, codeId, code })).toEqual({ kind: 'wrong-code' })
    await phoneBill.lines.add(shopperId, proof.lineId, '내 전화')
    await world.allow({ perMonth: 50_000n })
    await world.buy(proof.lineId, 20_000n)
    const [line] = await phoneBill.lines.list(shopperId)
    expect(line).toMatchObject({ nickname: '내 전화', use: [{ currency: 'KRW', used: 20_000n, limit: 50_000n }] })
    expect(
      JSON.stringify(line, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain(number)
    const [month = ''] = await phoneBill.lines.months(shopperId, proof.lineId)
    expect(await phoneBill.lines.purchases(shopperId, proof.lineId, month)).toMatchObject([
      { shop: world.shop.name, amount: 20_000n, givenBack: 0n, state: 'approved' },
    ])
    await world.allow({})
  })

  test('are the shopper’s alone: another’s line is a missing one (P6.2)', async () => {
    const lineId = await world.line()
    const stranger = '01920000-0000-7000-8000-00000000000b'
    const { lines } = world.gateway.phoneBill
    await lines.add(shopperId, lineId, '')
    expect(await lines.get(stranger, lineId)).toBeUndefined()
    expect(await lines.lock(stranger, lineId)).toBe(false)
    expect(await lines.setLimit(stranger, lineId, 'KRW', {})).toBe(false)
    expect(await lines.months(stranger, lineId)).toEqual([])
    const payment = await world.order(1_000n)
    const own = { kind: 'own', lineId } as const
    expect(await world.askCode(payment, own, { shopperId: stranger })).toEqual({ kind: 'not-payable' })
    expect(await world.askCode(payment, own, { shopperId })).toMatchObject({ kind: 'sent' })
  })

  test('may be limited by the shopper, and are gone when removed', async () => {
    const lineId = await world.line()
    const { lines } = world.gateway.phoneBill
    await lines.add(shopperId, lineId, '')
    await lines.setLimit(shopperId, lineId, 'KRW', { perPurchase: 999n })
    expect(await world.buy(lineId, 1_000n)).toMatchObject({ reason: 'line-purchase-limit' })
    await lines.setLimit(shopperId, lineId, 'KRW', {})
    expect(await lines.remove(shopperId, lineId)).toBe(true)
    expect(await lines.get(shopperId, lineId)).toBeUndefined()
  })
})
