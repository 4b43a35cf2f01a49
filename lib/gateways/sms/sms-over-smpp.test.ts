import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type OutsideWorld, startOutsideWorld } from '../../../simulators/client'
import type { LinkMessage } from '../link-observer'
import type { Sms, SmsCentre, SmsOutcome, SmsReceipt } from './sms'
import { connectSmsCentre } from './smpp-centre'

let world: OutsideWorld
let centre: SmsCentre
let hasty: SmsCentre
const receipts: SmsReceipt[] = []
/** Those that came while we could not keep them. */
const turnedAway: SmsReceipt[] = []
const told: LinkMessage[] = []
const events: string[] = []
let canTakeReceipts = true

beforeAll(async () => {
  world = await startOutsideWorld()
  const settings = { url: world.smscUrl, from: '1588' }
  centre = connectSmsCentre(settings, {
    onReceipt: (receipt) => {
      if (!canTakeReceipts) {
        turnedAway.push(receipt)
        return Promise.reject(new Error('the database is away'))
      }
      receipts.push(receipt)
      return Promise.resolve()
    },
    onEvent: ({ kind }) => events.push(kind),
    observe: (message) => told.push(message),
  })
  hasty = connectSmsCentre({ ...settings, timeLimitMs: 2_000 }, { onReceipt: () => Promise.resolve() })
  await centre.whenUp(10_000)
})
afterAll(async () => {
  await Promise.all([centre.close(), hasty.close()])
  await world.stop()
})
beforeEach(async () => {
  await world.reset()
  receipts.length = 0
})

/** Receipts of one message; those of an earlier test may still be coming in. */
const receiptsOf = (sent: SmsOutcome, among = receipts) =>
  among.filter(({ centreId }) => sent.kind === 'taken' && sent.centreIds.includes(centreId))

const TO = '+821000001001'
const anSms = (changes: Partial<Sms> = {}): Sms => ({
  ...{ id: `msg_${randomUUID()}`, to: TO, text: '[모아] 인증번호 123456', spoken: false },
  ...changes,
})

test('an SMS reaches the telephone as it was written, and its receipt comes back', async () => {
  const sent = await centre.send(anSms())
  expect(sent).toMatchObject({ kind: 'taken', centreIds: [expect.any(String)] })
  expect(await world.sms({ to: TO, waitMs: 5_000 })).toMatchObject([
    { kind: 'sms', from: '1588', to: TO, text: '[모아] 인증번호 123456', parts: 1, alphabet: 'UCS-2' },
  ])
  await expect
    .poll(() => receiptsOf(sent))
    .toEqual([{ centreId: sent.kind === 'taken' && sent.centreIds[0], state: 'delivered' }])
})

test('a Latin text goes in GSM-7, with every character of that alphabet', async () => {
  const text = 'Code 123456 {for} ~€22,000~ @Café [ÄÖÜ^|] \\'
  await centre.send(anSms({ text }))
  expect(await world.sms({ to: TO, waitMs: 5_000 })).toMatchObject([{ text, parts: 1, alphabet: 'GSM-7' }])
})

test('a long text arrives as one message, and each part has a receipt', async () => {
  const text = `긴 문자 ${'가나다라마바사 '.repeat(30)}끝 🛒`
  const sent = await centre.send(anSms({ text }))
  const count = sent.kind === 'taken' ? sent.centreIds.length : 0
  expect(count).toBeGreaterThan(3)
  expect(await world.sms({ to: TO, waitMs: 5_000 })).toMatchObject([{ text, parts: count }])
  await expect.poll(() => receiptsOf(sent).length).toBe(count)
})

test('two long texts to the same telephone at once are not mixed up', async () => {
  const texts = ['첫째 '.repeat(60), '둘째 '.repeat(60)]
  await Promise.all(texts.map((text) => centre.send(anSms({ text }))))
  const arrived = (await world.sms({ to: TO })).map(({ text }) => text)
  expect(arrived.sort()).toEqual(texts.sort())
})

test('a fixed line is called and told', async () => {
  await centre.send(anSms({ to: '+82420001003', spoken: true, text: '인증번호는 1, 2, 3, 4, 5, 6입니다.' }))
  expect(await world.sms({ to: '+82420001003', waitMs: 5_000 })).toMatchObject([
    { kind: 'call', text: '인증번호는 1, 2, 3, 4, 5, 6입니다.' },
  ])
})

test('a receipt that we cannot keep just now comes again, and somebody hears of it', async () => {
  events.length = 0
  canTakeReceipts = false
  const sent = await centre.send(anSms())
  await expect.poll(() => receiptsOf(sent, turnedAway).length).toBeGreaterThan(0)
  expect(events).toContain('receipt-not-taken')
  canTakeReceipts = true
  await expect.poll(() => receiptsOf(sent).length).toBe(1)
})

test('what no telephone got is reported as undeliverable', async () => {
  await world.smsSwitch({ do: 'undeliverable', times: 1 })
  const sent = await centre.send(anSms())
  await expect.poll(() => receiptsOf(sent)).toMatchObject([{ state: 'undeliverable' }])
  expect(await world.sms()).toEqual([])
})

describe('a centre', () => {
  test('that will not have a message says so', async () => {
    await world.smsSwitch({ do: 'refuse', times: 1 })
    expect(await centre.send(anSms())).toEqual({ kind: 'refused', status: 0x45 })
    expect(await centre.send(anSms({ to: '+0' }))).toMatchObject({ kind: 'refused', status: 0x0b })
  })

  test('that asks for patience has nothing of the message', async () => {
    await world.smsSwitch({ do: 'busy', times: 1 })
    expect(await centre.send(anSms())).toEqual({ kind: 'not-taken', status: 0x58 })
  })

  test('that is silent may have it, and so may one that hangs up', async () => {
    await hasty.whenUp(10_000)
    await world.smsSwitch({ do: 'lose-answer', times: 1 })
    expect(await hasty.send(anSms())).toEqual({ kind: 'no-answer', centreIds: [] })
    expect(hasty.state()).toMatchObject({ state: 'degraded', unanswered: 1 })
    await world.smsSwitch({ do: 'drop-after', times: 1 })
    expect(await hasty.send(anSms())).toEqual({ kind: 'no-answer', centreIds: [] })
    await expect.poll(() => world.sms()).toHaveLength(2)
    expect(await hasty.whenUp(10_000)).toBe(true)
    expect(await hasty.send(anSms())).toMatchObject({ kind: 'taken' })
  })

  test('that stops within a long message is not asked for the rest', async () => {
    await hasty.whenUp(10_000)
    await hasty.send(anSms())
    const ids = (await world.sms()).length
    expect(ids).toBe(1)
    await world.smsSwitch({ do: 'no-receipt', times: 1 })
    await world.smsSwitch({ do: 'stall', times: 1 })
    const sent = await hasty.send(anSms({ text: '가'.repeat(200) }))
    expect(sent).toMatchObject({ kind: 'no-answer', centreIds: [expect.any(String)] })
  })

  test('that is away takes nothing, and is bound again when it is back', async () => {
    events.length = 0
    await world.smsSwitch({ do: 'down' })
    await expect.poll(() => centre.isUp()).toBe(false)
    expect(await centre.send(anSms())).toEqual({ kind: 'not-taken' })
    expect(await centre.whenUp(50)).toBe(false)
    await world.clearSmsSwitches()
    expect(await centre.whenUp(20_000)).toBe(true)
    expect(await centre.send(anSms())).toMatchObject({ kind: 'taken' })
    expect(events).toContain('connection-down')
    expect(events.at(-1)).toBe('connection-up')
  })

  test('that does not know us is not bound', async () => {
    const stranger = connectSmsCentre(
      { url: world.smscUrl.replace('moa:moa', 'moa:wrong'), from: 'MOA' },
      { onReceipt: () => Promise.resolve() },
    )
    expect(stranger.state().state).toBe('idle')
    const up = stranger.whenUp(300)
    await expect.poll(() => stranger.state().state).toBe('down')
    expect(await up).toBe(false)
    await stranger.close()
  })
})

test('a hundred messages at once all arrive, once each', async () => {
  const sent = await Promise.all(Array.from({ length: 100 }, (_, at) => centre.send(anSms({ text: `${at}번` }))))
  expect(new Set(sent.map(({ kind }) => kind))).toEqual(new Set(['taken']))
  const texts = (await world.sms()).map(({ text }) => text)
  expect(new Set(texts).size).toBe(100)
  expect(texts).toHaveLength(100)
})

test('P9.3: the transaction log has neither the text nor the number', async () => {
  told.length = 0
  const sms = anSms({ paymentId: 'payment-1' })
  await centre.send(sms)
  // Receipts of earlier messages may still be coming in.
  expect(told.filter(({ correlation }) => correlation === sms.id)).toMatchObject([
    { link: 'sms', direction: 'out', operation: 'submit', correlation: sms.id, paymentId: 'payment-1' },
    { direction: 'in', result: 'approved', correlation: sms.id },
  ])
  const bodies = told.map(({ body }) => body?.()).join('\n')
  expect(bodies).not.toMatch(/123456|821000001001/)
})
