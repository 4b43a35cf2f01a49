import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { aRegistration } from '../auth/auth.fixtures'
import { createPeople, type People } from '../auth/people'
import { publicId, type Uuid, uuidAt } from '../ids'
import { type MerchantsRoom, startMerchants } from '../merchants/merchants.fixtures'
import { type Outbox, type OutboxOptions, startOutbox as startRealOutbox } from './outbox.fixtures'
import { claimDue } from './store'
import { type SignedHeaders, verifyWebhook } from './webhook-signature'

const HOUR = 3_600_000

let room: MerchantsRoom
let people: People
const open: Outbox[] = []
beforeAll(async () => {
  room = await startMerchants()
  people = createPeople({ ...room, settings: { SESSION_SECRET: 'a secret of tests, forty characters long' } })
})
afterEach(async () => {
  for (const outbox of open.splice(0)) await outbox.close()
})
afterAll(() => room.close())

async function startOutbox(options?: OutboxOptions): Promise<Outbox> {
  const outbox = await startRealOutbox({ room, people }, options)
  open.push(outbox)
  return outbox
}

const listed = (outbox: Outbox) => outbox.messages.list(outbox.merchantId, { limit: 10 })

test('P5.1: a webhook arrives signed, with a stable id, and counts as sent (N11)', async () => {
  const outbox = await startOutbox()
  const payment = await outbox.paid()
  await outbox.sendAll()

  const [request] = outbox.shop.requests
  const [endpoint] = await outbox.endpoints.list(outbox.merchantId)
  expect(verifyWebhook(request!.headers as unknown as SignedHeaders, request!.body, endpoint!.publicKeys[0]!)).toBe(
    true,
  )
  expect(JSON.parse(request!.body)).toMatchObject({
    type: 'payment.paid',
    data: { payment: { id: publicId('pay', payment.id) } },
  })

  const [message] = await listed(outbox)
  expect(request!.headers['webhook-id']).toBe(publicId('msg', message!.id))
  expect(message).toMatchObject({
    state: 'sent',
    tries: 1,
    paymentId: payment.id,
    deliveries: [{ try: 1, status: 200, target: publicId('we', endpoint!.id) }],
  })
  await outbox.sendAll()
  expect(outbox.shop.requests).toHaveLength(1)
})

test('M-222: the webhook that the shop acknowledged is kept as evidence and verifies again', async () => {
  const outbox = await startOutbox()
  const payment = await outbox.paid()
  await outbox.sendAll()
  expect(await room.evidence.list(outbox.merchantId, payment.id)).toMatchObject([
    { direction: 'sent', type: 'payment.paid', outcome: 'acknowledged: status 200', verification: 'valid' },
  ])
})

test('P5.1: a webhook that fails is tried again by the schedule, with the same id and body, until it is acknowledged', async () => {
  const statuses = [500, 302, 204]
  const outbox = await startOutbox({ answer: () => ({ status: statuses.shift() ?? 200 }) })
  await outbox.paid()
  await outbox.sendAll()
  await outbox.sendAll()
  expect(outbox.shop.requests).toHaveLength(1)
  expect(await listed(outbox)).toMatchObject([{ state: 'due', tries: 1 }])

  room.clock.advance(6_000)
  await outbox.sendAll()
  room.clock.advance(6 * 60_000)
  await outbox.sendAll()
  const ids = outbox.shop.requests.map(({ headers, body }) => `${String(headers['webhook-id'])} ${body}`)
  expect(ids).toHaveLength(3)
  expect(new Set(ids).size).toBe(1)
  expect(await listed(outbox)).toMatchObject([
    { state: 'sent', tries: 3, deliveries: [{ status: 500 }, { status: 302 }, { status: 204 }] },
  ])
})

test('a shop that asks for patience is left alone that long', async () => {
  const statuses = [429]
  const outbox = await startOutbox({
    answer: () => ({ status: statuses.shift() ?? 200, headers: { 'retry-after': '3600' } }),
  })
  await outbox.paid()
  await outbox.sendAll()
  room.clock.advance(HOUR - 1000)
  await outbox.sendAll()
  expect(outbox.shop.requests).toHaveLength(1)
  room.clock.advance(1000)
  await outbox.sendAll()
  expect(outbox.shop.requests).toHaveLength(2)
})

async function anOwner(merchantId: Uuid): Promise<string> {
  const result = await people.register(aRegistration({ locale: 'en' }))
  if (result.kind !== 'registered') throw new Error('not registered')
  await people.appoint({ merchantId, personId: result.person.id, role: 'owner' })
  return result.person.email
}

test('P5.1: an endpoint that says it is gone is switched off, and its owner hears of it by mail', async () => {
  const outbox = await startOutbox({ answer: () => ({ status: 410 }) })
  const owner = await anOwner(outbox.merchantId)
  await outbox.paid()
  await outbox.sendAll()
  expect((await outbox.endpoints.list(outbox.merchantId))[0]!.disabledAt).toBeDefined()
  expect(outbox.reported).toEqual(['webhook-endpoint-off'])

  await outbox.paid()
  await outbox.sendAll()
  expect(outbox.shop.requests).toHaveLength(1)
  expect(outbox.mails).toMatchObject([{ subject: 'A webhook address was switched off', to: [{ address: owner }] }])
})

test('P5.1: an endpoint that fails for days is given up and switched off, and the message can be seen and sent again', async () => {
  let up = false
  const outbox = await startOutbox({ answer: () => ({ status: up ? 200 : 503 }) })
  await outbox.paid()
  for (let tried = 0; tried < 10; tried++) {
    await outbox.sendAll()
    room.clock.advance(27 * HOUR)
  }
  const [message] = await listed(outbox)
  expect(message).toMatchObject({ state: 'failed', tries: 10 })
  expect(message!.deliveries).toHaveLength(10)
  const [endpoint] = await outbox.endpoints.list(outbox.merchantId)
  expect(endpoint!.disabledAt).toBeDefined()

  up = true
  await outbox.endpoints.change(outbox.merchantId, endpoint!.id, { enabled: true })
  expect(await outbox.messages.resend(outbox.merchantId, message!.id)).toBe(true)
  await outbox.sendAll()
  expect(await outbox.messages.get(outbox.merchantId, message!.id)).toMatchObject({ state: 'sent', tries: 1 })
  expect(outbox.shop.requests).toHaveLength(11)
})

test('P6.2: nobody resends or sees another merchant’s messages', async () => {
  const [mine, theirs] = [await startOutbox(), await startOutbox()]
  await mine.paid()
  const [message] = await listed(mine)
  expect(await mine.messages.resend(theirs.merchantId, message!.id)).toBe(false)
  expect(await mine.messages.get(theirs.merchantId, message!.id)).toBeUndefined()
  expect(await listed(theirs)).toEqual([])
  await mine.sendAll()
})

test('a message that one endpoint has is repeated only to the other', async () => {
  const paths: string[] = []
  const outbox = await startOutbox({
    answer: (_, { url = '' }) => {
      paths.push(url)
      return { status: url === '/moa/second' && paths.length < 3 ? 500 : 200 }
    },
  })
  await outbox.endpoints.create(outbox.merchantId, { url: `${outbox.shop.url}/second` })
  await outbox.paid()
  await outbox.sendAll()
  room.clock.advance(6_000)
  await outbox.sendAll()
  expect(paths.sort()).toEqual(['/moa', '/moa/second', '/moa/second'])
  expect(await listed(outbox)).toMatchObject([{ state: 'sent', tries: 2 }])
})

test('P3.5: a slow shop delays no other shop’s messages', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const slow = await startOutbox({ answer: () => held.then(() => ({})) })
  const quick = await startOutbox()
  for (let count = 0; count < 12; count++) await slow.paid()
  await slow.messages.sendDue(50)
  await quick.paid()
  await quick.sendAll()
  expect(quick.shop.requests).toHaveLength(1)
  // No more than eight of its messages are under way at once in one process; the others were put off.
  expect(slow.shop.requests.length).toBeLessThanOrEqual(8)
  release()
  await slow.messages.idle()
  room.clock.advance(3000)
  await slow.sendAll()
  expect(slow.shop.requests).toHaveLength(12)
})

test('P5.1: several workers share the outbox and each message is sent once', async () => {
  const outbox = await startOutbox()
  for (let count = 0; count < 12; count++) await outbox.paid()
  const taken = await Promise.all(Array.from({ length: 6 }, () => outbox.messages.sendDue(4)))
  await outbox.messages.idle()
  room.clock.advance(3000)
  await outbox.sendAll()
  expect(taken.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(12)
  expect(outbox.shop.requests).toHaveLength(12)
  expect(new Set(outbox.shop.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(12)
})

test('P5.1: what one worker is just taking up, another passes over without waiting', async () => {
  const outbox = await startOutbox()
  await outbox.paid()
  const client = await room.database.pool.connect()
  try {
    await client.query('begin')
    const now = room.clock.now()
    const [mine] = await claimDue(client, { now, leasedUntil: new Date(now.getTime() + 60_000), limit: 10, sms: true })
    expect(mine).toMatchObject({ merchantId: outbox.merchantId, try: 1, reached: [] })
    expect(await outbox.messages.sendDue(10)).toBe(0)
    await client.query('rollback')
  } finally {
    client.release()
  }
  await outbox.sendAll()
  expect(outbox.shop.requests).toHaveLength(1)
})

test('P1.1: a message whose worker died is taken up again when its lease has run out, and a late record changes nothing', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const waits = [held]
  const outbox = await startOutbox({ answer: () => (waits.shift() ?? Promise.resolve()).then(() => ({})) })
  await outbox.paid()
  await outbox.messages.sendDue(1)
  await expect.poll(() => outbox.shop.requests).toHaveLength(1)
  expect(await outbox.messages.sendDue(1)).toBe(0)
  room.clock.advance(61_000)
  expect(await outbox.messages.sendDue(1)).toBe(1)
  release()
  await outbox.messages.idle()
  expect(await listed(outbox)).toMatchObject([{ state: 'sent', tries: 1 }])
  expect((await listed(outbox))[0]!.deliveries).toHaveLength(1)
})

test('a merchant without endpoints has nothing to wait for', async () => {
  const outbox = await startOutbox()
  const [endpoint] = await outbox.endpoints.list(outbox.merchantId)
  await outbox.endpoints.change(outbox.merchantId, endpoint!.id, { enabled: false })
  await outbox.paid()
  await outbox.sendAll()
  expect(await listed(outbox)).toMatchObject([{ state: 'sent', tries: 0, deliveries: [] }])
})

test('a receipt arrives by mail, in the shopper’s language, as text and HTML', async () => {
  const outbox = await startOutbox()
  await outbox.paid({ email: 'gildong@mail.example', locale: 'ko' })
  await outbox.sendAll()
  expect(outbox.mails).toMatchObject([
    {
      subject: '[한빛책방] 결제 영수증 ₩220,000',
      from: { address: 'receipts@moa.example' },
      to: [{ address: 'gildong@mail.example' }],
    },
  ])
  expect(outbox.mails[0]!.text).toContain('동화책 세 권')
  expect(outbox.mails[0]!.html).toContain('동화책 세 권')
  const receipt = (await listed(outbox)).find(({ kind }) => kind === 'email')
  expect(outbox.mails[0]!.messageId).toBe(`<${publicId('msg', receipt!.id)}@moa.example>`)
  expect(receipt).toMatchObject({ state: 'sent', deliveries: [{ status: 250, target: 'g***@mail.example' }] })
})

test('a shopper known by account gets the receipt at the account’s address', async () => {
  const outbox = await startOutbox()
  const result = await people.register(aRegistration())
  if (result.kind !== 'registered') throw new Error('not registered')
  await outbox.paid({ shopperId: result.person.id })
  await outbox.sendAll()
  expect(outbox.mails).toMatchObject([{ to: [{ address: result.person.email }] }])
})

test('a receipt that the mail server puts off is sent later; one that it refuses is given up', async () => {
  const refusals = [Object.assign(new Error('busy'), { responseCode: 451 })]
  const patient = await startOutbox({ mailAnswer: () => refusals.shift() })
  await patient.paid({ email: 'gildong@mail.example' })
  await patient.sendAll()
  expect(patient.mails).toEqual([])
  room.clock.advance(6_000)
  await patient.sendAll()
  expect(patient.mails).toHaveLength(1)

  const never = await startOutbox({ mailAnswer: () => Object.assign(new Error('no such user'), { responseCode: 550 }) })
  await never.paid({ email: 'gildong@mail.example' })
  await never.sendAll()
  const receipt = (await listed(never)).find(({ kind }) => kind === 'email')
  expect(receipt).toMatchObject({ state: 'failed', deliveries: [{ status: 550 }] })
})

test.each([['gildong@mail.example, all@mail.example'], ['gildong@mail.example\r\nBcc: all@mail.example'], ['gildong']])(
  'P10.3: the address %j gets no mail at all',
  async (email) => {
    const outbox = await startOutbox()
    await outbox.paid({ email })
    await outbox.sendAll()
    expect(outbox.mails).toEqual([])
    expect((await listed(outbox)).find(({ kind }) => kind === 'email')).toMatchObject({
      state: 'failed',
      deliveries: [],
    })
  },
)

test('lists page from the newest on, by kind, state and payment', async () => {
  const outbox = await startOutbox()
  const ids: Uuid[] = []
  for (let count = 0; count < 3; count++) {
    room.clock.advance(1)
    ids.unshift((await outbox.paid()).id)
  }
  await outbox.sendAll()
  const list = (filter = {}) => outbox.messages.list(outbox.merchantId, { limit: 2, ...filter })
  const page = await list()
  expect(page.map(({ paymentId }) => paymentId)).toEqual(ids.slice(0, 2))
  expect((await list({ after: page[1]!.id })).map(({ paymentId }) => paymentId)).toEqual(ids.slice(2))
  expect(await list({ state: 'due' })).toEqual([])
  expect((await list({ messageId: page[1]!.id })).map(({ id }) => id)).toEqual([page[1]!.id])
  expect(await list({ kind: 'email' })).toEqual([])
  expect(await list({ paymentId: ids[1] })).toHaveLength(1)
  expect(await list({ paymentId: uuidAt(room.clock.now()) })).toEqual([])
})
