import { beforeAll, describe, expect, test, vi } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import { later } from '../clock'
import { aPayment } from '../desk/desk.fixtures'
import type { LinkMessage } from '../gateways/link-observer'
import { publicId, uuidAt } from '../ids'
import type { Merchant } from '../merchants/merchant'
import type { MessageQuery } from './search-messages'
import { createTransactionLog } from './transaction-log'

let world: TestGateway
let shop: Merchant

beforeAll(async () => {
  world = await startGateway()
  shop = await aMerchant(world.gateway)
})

/** What the log says, the newest first. */
async function logged(wish: Partial<MessageQuery>) {
  const { operations, clock } = world.gateway
  await operations.flush()
  const now = clock.now()
  return operations.searchMessages({ from: later(now, -3_600_000), until: later(now, 60_000), limit: 50, ...wish })
}

describe('M-34: the log of a payment', () => {
  test('holds each question and each answer, found by the payment’s id, its TID and the reference of an exchange (M-19, M-62)', async () => {
    const payment = await aPayment(world, shop.id)
    const { messages } = await logged({ name: publicId('pay', payment.id) })
    expect(messages.map(({ direction, operation, result }) => [direction, operation, result])).toEqual([
      ['in', 'capture', 'approved'],
      ['out', 'capture', null],
      ['in', 'authorize', 'approved'],
      ['out', 'authorize', null],
    ])
    expect(messages[0]).toMatchObject({ link: 'issuer', system: 'hanbit', process: 'gateway' })
    expect(messages[0]!.durationMs).toBeGreaterThan(0)
    expect((await logged({ name: payment.id })).messages).toEqual(messages)
    const reference = payment.legs[0]!.authorizeReference
    expect((await logged({ name: reference })).messages).toEqual(messages.slice(2))
  })

  test('never holds a whole card number, an expiry or a security code', async () => {
    const { number, securityCode } = demoCard('saero', 'roomy')
    const payment = await aPayment(world, shop.id, { issuer: 'saero' })
    const { messages } = await logged({ name: payment.id })
    const text = messages.map(({ body }) => body).join('\n')
    expect(text).toContain(`2=${number.slice(0, 6)}******${number.slice(-4)}`)
    expect(text).toContain('14=****')
    expect(text).toContain('CVV=***')
    expect(text).not.toContain(number)
    expect(text).not.toContain(`CVV=${securityCode}`)
  })

  test('tells a refusal, with its reason, from silence', async () => {
    await world.outside.switch('narae', { on: 'authorization', do: { kind: 'decline', code: '51' }, times: 1 })
    const declined = await aPayment(world, shop.id, { issuer: 'narae' })
    await world.outside.switch('narae', { on: 'authorization', do: { kind: 'lose-answer' }, times: 1 })
    const silent = await aPayment(world, shop.id, { issuer: 'narae' })
    await world.gateway.payments.idle()
    expect((await logged({ name: declined.id, result: 'refused' })).messages).toMatchObject([
      { operation: 'authorize', result: 'refused:insufficient-funds' },
    ])
    const [unanswered] = (await logged({ name: silent.id, result: 'no-answer' })).messages
    expect(unanswered).toMatchObject({ operation: 'authorize', direction: 'in', body: null })
    expect(unanswered!.durationMs).toBeGreaterThan(250)
  })

  test('of another payment is not found', async () => {
    expect((await logged({ name: uuidAt(new Date()) })).messages).toEqual([])
  })
})

const message = (changes: Partial<LinkMessage> = {}): LinkMessage => ({
  ...{ link: 'telco', system: 'seoul', direction: 'out', operation: 'authenticate', correlation: 'abc' },
  ...changes,
})

/** A log beside the gateway's own, on the same database. */
function aLog() {
  const { database, clock } = world.gateway
  const report = vi.fn()
  const log = createTransactionLog({ database, clock, processName: 'test', report })
  return { log, report }
}

test('whatever an adapter overlooks, no card number is written down, and no text stops the others', async () => {
  const { log } = aLog()
  const { number } = demoCard('daon', 'everyday')
  log.add(message({ system: 'overlooked', body: () => `pan ${number}; id 20261121000000123456` }))
  log.add(message({ system: 'overlooked', body: () => 'NUL \0 and half a character \ud83d' }))
  log.add(
    message({
      system: 'overlooked',
      body: () => {
        throw new Error('cannot be written')
      },
    }),
  )
  await log.flush()
  const { messages } = await logged({ system: 'overlooked' })
  expect(messages.map(({ body }) => body)).toEqual([
    '(unreadable)',
    'NUL \ufffd and half a character \ufffd',
    `pan ${number.slice(0, 6)}******${number.slice(-4)}; id 20261121000000123456`,
  ])
  expect(log.lost()).toBe(0)
})

test('messages of one moment are read in the order in which they crossed the link, page by page', async () => {
  const { log } = aLog()
  for (let index = 0; index < 25; index++) log.add(message({ system: 'ordered', operation: `step-${index}` }))
  await log.flush()
  const seen: string[] = []
  let before: MessageQuery['before']
  do {
    const page = await logged({ system: 'ordered', limit: 10, ...(before && { before }) })
    seen.push(...page.messages.map(({ operation }) => operation))
    before = page.next
  } while (before)
  expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `step-${24 - index}`))
})

test('text is looked for as it is, in bodies, operations and references', async () => {
  const { log } = aLog()
  log.add(message({ system: 'texts', body: () => '100%_sure', correlation: 'one' }))
  log.add(message({ system: 'texts', body: () => '100 and sure', correlation: 'two' }))
  await log.flush()
  const found = async (text: string) =>
    (await logged({ system: 'texts', text })).messages.map(({ correlation }) => correlation)
  expect(await found('%_SURE')).toEqual(['one'])
  expect(await found('two')).toEqual(['two'])
  expect(await found('authent')).toEqual(['two', 'one'])
})

test('while the database is away messages wait, at most so many; what does not fit is counted, once said, never waited for', async () => {
  const report = vi.fn()
  const pool = { query: () => Promise.reject(Object.assign(new Error('away'), { code: '57P01' })) }
  const log = createTransactionLog({
    database: { pool } as unknown as TestGateway['gateway']['database'],
    clock: world.gateway.clock,
    processName: 'test',
    report,
  })
  for (let index = 0; index < 20_010; index++) log.add(message())
  await log.flush()
  expect(log.waiting()).toBe(20_000)
  expect(log.lost()).toBe(10)
  expect(report.mock.calls).toEqual([['transaction-log-full', { most: 20_000 }]])
})
