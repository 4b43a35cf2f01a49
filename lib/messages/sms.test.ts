import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type OutsideWorld, startOutsideWorld } from '../../simulators/client'
import { createPeople } from '../auth/people'
import { createVault } from '../cards/vault'
import type { Uuid } from '../ids'
import { createEndpoints } from '../merchants/endpoints'
import { aMerchant, type MerchantsRoom, startMerchants } from '../merchants/merchants.fixtures'
import { krw } from '../money/money'
import { composeSms, type SmsAddress, type SmsNews } from './compose-sms'
import { NO_MERCHANT, type OutgoingMessage } from './message'
import { createMessages, type Messages } from './messages'
import { createOutgoing } from './outgoing'

const TO = '+821000001001'
const CODE = '408213'
const vault = createVault({ sealing: [{ id: '2026', key: randomBytes(32) }], fingerprint: randomBytes(32) })

let room: MerchantsRoom
let world: OutsideWorld
let messages: Messages
let merchantId: Uuid
const reported: string[] = []
/** What the room of codes answers. */
let drawn: string | undefined = CODE
const open: Messages[] = []

function startMessages(): Messages {
  const outgoing = createOutgoing()
  const endpoints = createEndpoints({
    ...room,
    settings: { CARD_KEYS: [{ id: '2026', key: randomBytes(32) }] },
    outgoing,
  })
  const made = createMessages({
    ...room,
    ...{ endpoints, outgoing },
    people: createPeople({ ...room, settings: { SESSION_SECRET: 'a secret of tests, forty characters long' } }),
    sinks: { find: async () => undefined, close: async () => undefined },
    notices: { write: async () => undefined, stop: async () => undefined },
    settings: {
      ...{
        ISSUERS: [],
        BANKS: [],
        TIME_ZONE: 'Asia/Seoul',
        WEB_URL: 'https://moa.example',
        SESSION_SECRET: 'a secret of tests, forty characters long',
        BANK_FILES: [],
        MAIL_FROM: 'Moa <receipts@moa.example>',
      },
      ...{ SMTP_URL: `smtp://127.0.0.1:${world.ports.smtp}`, SMSC_URL: world.smscUrl, SMS_FROM: '1588' },
    },
    sms: { vault, drawCode: () => Promise.resolve(drawn) },
    report: (event) => reported.push(event),
  })
  open.push(made)
  return made
}

beforeAll(async () => {
  ;[room, world] = await Promise.all([startMerchants(), startOutsideWorld()])
  merchantId = (await room.merchants.create(aMerchant())).id
  messages = startMessages()
})
afterAll(async () => {
  for (const each of open) await each.close()
  await Promise.all([room.close(), world.stop()])
})
beforeEach(async () => {
  await world.reset()
  await room.database.pool.query(`update message set state = 'failed', due_at = null where state = 'due'`)
  reported.length = 0
  drawn = CODE
})

const aCode = (changes: Partial<Extract<SmsNews, { topic: 'payment-code' }>> = {}): SmsNews => ({
  ...{ topic: 'payment-code', codeId: randomUUID(), shop: '한빛책방', total: krw(22_000) },
  until: new Date(room.clock.now().getTime() + 180_000),
  ...changes,
})

/** Writes an SMS into the outbox, as the transaction of its fact does. */
async function write(news: SmsNews, changes: Partial<SmsAddress> = {}): Promise<OutgoingMessage> {
  const address = { merchantId, to: TO, spoken: false, locale: 'ko' as const, at: room.clock.now(), ...changes }
  const message = composeSms(vault, address, news)
  await room.database.pool.query('select insert_messages($1)', [
    JSON.stringify([{ merchantId: address.merchantId, paymentId: null, messages: [message] }]),
  ])
  return message
}

interface Kept {
  readonly state: string
  readonly payload: Record<string, unknown>
  readonly deliveries: { try: number; target: string; status: number | null; error: string | null }[]
}

async function kept({ id }: { id: Uuid }): Promise<Kept> {
  const { rows } = await room.database.pool.query<Kept>(
    `select state, payload, (select coalesce(jsonb_agg(to_jsonb(d) order by d.try, d.at), '[]') from delivery d
      where d.message_id = m.id) as deliveries from message m where id = $1`,
    [id],
  )
  return rows[0]!
}

/** Lets the worker's job run, once the centre is bound. */
async function sendAll(): Promise<void> {
  await messages.sendDue(0)
  await expect.poll(() => messages.smsState()?.state).toMatch(/up|degraded/)
  await messages.sendDue(50)
  await messages.idle()
}

describe('a one-time code', () => {
  test('P6.6: names shop and amount, goes out at once, and its delivery is known', async () => {
    const message = await write(aCode())
    messages.sendNow(message)
    expect(await world.sms({ to: TO, waitMs: 10_000 })).toMatchObject([
      { kind: 'sms', text: expect.stringMatching(/한빛책방.*22,000.*408213.*까지/) as string },
    ])
    await messages.idle()
    await expect
      .poll(async () => (await kept(message)).deliveries)
      .toMatchObject([
        { try: 1, target: '+82******1001', status: 0, error: null },
        { try: 1, target: 'receipt', error: null },
      ])
    expect((await kept(message)).state).toBe('sent')
  })

  test('P8.1: neither its digits nor the number stand in the outbox, before and after', async () => {
    const message = await write(aCode())
    const before = JSON.stringify(await kept(message))
    await sendAll()
    const after = JSON.stringify(await kept(message))
    expect(await world.sms()).toHaveLength(1)
    for (const text of [before, after]) expect(text).not.toMatch(/408213|1000001001/)
    expect(after).not.toContain('sealedTo')
  })

  test('a fixed line is called, and the digits are read out one by one', async () => {
    await write(aCode(), { to: '+82420001003', spoken: true })
    await sendAll()
    expect(await world.sms({ to: '+82420001003' })).toMatchObject([
      { kind: 'call', text: expect.stringContaining('4, 0, 8, 2, 1, 3') as string },
    ])
  })

  test('of a line that a shopper registers belongs to no shop', async () => {
    const until = new Date(room.clock.now().getTime() + 180_000)
    await write({ topic: 'line-code', codeId: randomUUID(), until }, { merchantId: NO_MERCHANT, locale: 'en' })
    await sendAll()
    expect(await world.sms()).toMatchObject([
      { text: expect.stringContaining('408213 is your code to register') as string },
    ])
  })

  test.each([
    ['that has expired', () => room.clock.advance(180_000), 'expired'],
    ['that is void', () => (drawn = undefined), 'void'],
  ])('%s is not sent', async (_, happen, error) => {
    const message = await write(aCode())
    happen()
    await sendAll()
    expect(await kept(message)).toMatchObject({ state: 'failed', deliveries: [{ error }] })
    expect(await world.sms()).toEqual([])
  })
})

describe('P7.3: the holder of a line is told', () => {
  const orderName = '책 세 권'
  const objectAt = 'https://pay.moa.example/account'

  test('of a purchase: shop, amount and where to object', async () => {
    await write({ topic: 'phone-purchase', shop: '한빛책방', orderName, total: krw(22_000), objectAt })
    await sendAll()
    const [sms] = await world.sms()
    for (const part of ['한빛책방', '22,000', '전화요금', orderName, objectAt]) expect(sms?.text).toContain(part)
  })

  test.each([
    ['not-billed', /not be on your bill/],
    ['next-bill', /next bill/],
    ['by-hand', /paid out/],
  ] as const)('of a refund, and how it comes back: %s', async (way, said) => {
    const news = { topic: 'phone-refund', shop: 'Hanbit Books', orderName, total: krw(7_000), way, objectAt } as const
    await write(news, { locale: 'en' })
    await sendAll()
    const [sms] = await world.sms()
    expect(sms?.text).toMatch(said)
    for (const part of ['Hanbit Books', '7,000', objectAt]) expect(sms?.text).toContain(part)
  })

  test('P10.3: names cannot break out of their line, and long ones are cut', async () => {
    const shop = `한빛\r\n[Web발신]\u0007 ${'긴'.repeat(60)}`
    await write({ topic: 'phone-purchase', shop, orderName, total: krw(1), objectAt })
    await sendAll()
    const [sms] = await world.sms()
    expect(sms?.text).not.toMatch(/\p{Cc}/u)
    expect(sms?.text).toContain('…')
  })
})

describe('an SMS is sent at most once', () => {
  const notice: SmsNews = {
    ...{
      topic: 'phone-purchase',
      shop: '한빛책방',
      orderName: '책',
      total: krw(5_000),
      objectAt: 'https://moa.example',
    },
  }

  test('by whichever of several processes takes it up', async () => {
    const others = [startMessages(), startMessages()]
    const message = await write(aCode())
    for (const each of [messages, ...others]) each.sendNow(message)
    await Promise.all([messages, ...others].map((each) => each.idle()))
    await sendAll()
    expect(await world.sms()).toHaveLength(1)
  })

  test('when the centre’s answer was lost: it may be out, and is not sent again', async () => {
    await sendAll()
    await world.smsSwitch({ do: 'drop-after', times: 1 })
    const message = await write(aCode())
    await sendAll()
    expect(await kept(message)).toMatchObject({ state: 'failed', deliveries: [{ error: 'no-answer' }] })
    room.clock.advance(120_000)
    await sendAll()
    expect(await world.sms()).toHaveLength(1)
    expect(reported).toContain('sms-outcome-unknown')
  })

  test('when the process died while it was being handed over', async () => {
    const message = await write(notice)
    await room.database.pool.query('insert into sms_try (merchant_id, message_id, begun_at) values ($1, $2, $3)', [
      ...[merchantId, message.id, room.clock.now()],
    ])
    await sendAll()
    expect(await kept(message)).toMatchObject({ state: 'failed', deliveries: [{ error: 'unknown' }] })
    expect(await world.sms()).toEqual([])
  })

  test('but again when the centre has said that it has nothing of it', async () => {
    await world.smsSwitch({ do: 'busy', times: 1 })
    const message = await write(notice)
    await sendAll()
    expect(await kept(message)).toMatchObject({ state: 'due', deliveries: [] })
    room.clock.advance(20_000)
    await sendAll()
    expect(await kept(message)).toMatchObject({ state: 'sent' })
    expect(await world.sms()).toHaveLength(1)
  })

  test('one that the centre will not have is given up, and says why', async () => {
    await world.smsSwitch({ do: 'refuse', times: 1 })
    const message = await write(notice)
    await sendAll()
    expect(await kept(message)).toMatchObject({ state: 'failed', deliveries: [{ status: 0x45 }] })
  })

  test('what no telephone got is known by its receipt', async () => {
    await world.smsSwitch({ do: 'undeliverable', times: 1 })
    const message = await write(notice)
    await sendAll()
    await expect
      .poll(async () => (await kept(message)).deliveries)
      .toMatchObject([{ status: 0 }, { target: 'receipt', error: 'undeliverable' }])
  })

  test('a centre that is away delays its own messages, and nobody else’s', async () => {
    await world.smsSwitch({ do: 'down' })
    await expect.poll(() => messages.smsState()?.state).toBe('down')
    const message = await write(notice)
    const mail = { ...{ id: randomUUID(), at: room.clock.now(), kind: 'email', topic: 'endpoint-disabled' } } as const
    const payload = {
      to: 'a@example.com',
      locale: 'en',
      url: 'https://a.example',
      reason: 'gone',
      at: mail.at.toISOString(),
    }
    await room.database.pool.query('select insert_messages($1)', [
      JSON.stringify([{ merchantId, paymentId: null, messages: [{ ...mail, payload }] }]),
    ])
    await messages.sendDue(50)
    await messages.idle()
    expect(await world.mail({ to: 'a@example.com' })).toHaveLength(1)
    expect(await kept(message)).toMatchObject({ state: 'due', deliveries: [] })
    await world.clearSmsSwitches()
    await sendAll()
    expect(await kept(message)).toMatchObject({ state: 'sent' })
  })
})

test('what telephones were told is not among a shop’s messages, and a shop cannot send it again', async () => {
  const { id } = await write(aCode())
  expect(await messages.list(merchantId, { limit: 100 })).toEqual([
    expect.objectContaining({ kind: 'email', topic: 'endpoint-disabled' }),
  ])
  expect(await messages.get(merchantId, id)).toBeUndefined()
  expect(await messages.resend(merchantId, id)).toBe(false)
})
