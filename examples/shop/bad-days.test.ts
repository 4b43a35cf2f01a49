import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../../scripts/free-port'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { aShopper } from '../../test/gateway'
import { money } from '../../lib/money/money'
import { type Order, standingOf } from './order'
import { openOrderBook } from './order-book'
import { readSettings } from './settings'
import { aSigningKey, aVisitor, paymentIn, startShopAtMoa } from './shop.fixtures'

const order: Order = {
  id: 'M-0000000001',
  visitor: 'v',
  lines: [{ productId: 'moon-jar', count: 1 }],
  amount: 220_000n,
  name: 'Han Jiwoo',
  email: 'jiwoo@example.com',
  language: 'ko',
  placedAt: '2026-11-01T09:30:00.000Z',
  attempt: 0,
  told: [],
  cancels: [],
}

/** What happens to calls on their way to the API. */
let line: 'good' | 'answers-lost' | 'cut' = 'good'

/** Something between the shop and the API that can lose answers: the API has heard, the shop never learns it. */
async function startLine(apiUrl: string): Promise<string> {
  const server = createServer(async (request, response) => {
    if (line === 'cut') return void response.destroy()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = 'GET', headers } = request
    const answer = await fetch(`${apiUrl}${request.url}`, {
      method,
      headers: Object.entries(headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name)) as [
        string,
        string,
      ][],
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    })
    const text = await answer.text()
    if (line === 'answers-lost' && method === 'POST') return void response.destroy()
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const { api, merchantId, shop, settings, deliver } = await startShopAtMoa(startLine)
const { gateway, outside } = api

beforeEach(async () => {
  line = 'good'
  await outside.reset()
})

const card = () => {
  const { number, expiry, securityCode } = demoCard('hanbit', 'roomy')
  return { way: 'card', number, expiry: `${expiry.slice(2)}/${expiry.slice(0, 2)}`, securityCode }
}
const charges = async () => (await outside.book('hanbit')).charges.length

describe('when Moa’s answer is lost', () => {
  test('the shopper is charged once and sees paid, because the shop asks again', async () => {
    const visitor = aVisitor(shop.url)
    const form = await visitor.fillsIn()
    line = 'answers-lost'
    const { location } = await visitor.post('/order', { ...form, ...card() })
    expect((await visitor.get(location)).text).toContain('Paid. Thank you!')
    expect(await charges()).toBe(1)
  })

  test('paying again charges nothing more', async () => {
    const visitor = aVisitor(shop.url)
    const form = await visitor.fillsIn()
    line = 'answers-lost'
    const { location } = await visitor.post('/order', { ...form, ...card() })
    line = 'good'
    await visitor.post(`${location}/pay`, card())
    expect(await charges()).toBe(1)
  })
})

test('what became of a second try whose answer was lost is found, and not mistaken for the first', async () => {
  const visitor = aVisitor(shop.url)
  const form = await visitor.fillsIn()
  const { location } = await visitor.post('/order', {
    ...form,
    ...card(),
    number: demoCard('hanbit', 'small-limit').number,
  })
  line = 'answers-lost'
  await visitor.post(`${location}/pay`, { ...card(), number: demoCard('hanbit', 'expired').number })
  expect((await visitor.get(location)).text).toContain('The card has expired.')
})

test('P3.8: while Moa cannot be reached an order is neither paid nor unpaid', async () => {
  const visitor = aVisitor(shop.url)
  const form = await visitor.fillsIn()
  line = 'cut'
  const { location } = await visitor.post('/order', { ...form, ...card() })
  const { text } = await visitor.get(location)
  expect(text).toContain('Your payment is being checked')
  expect(text).toContain('data-refreshes')
  expect(JSON.parse((await visitor.get(`${location}/state`)).text)).toEqual({})
  expect(await charges()).toBe(0)
})

test('an attempt that Moa never heard of is over after a minute, and the order can be paid', () => {
  const lost = { ...order, attempt: 1, unknown: { since: '2026-11-01T09:30:00.000Z' } }
  expect(standingOf(lost, new Date('2026-11-01T09:30:59Z'))).toBe('being-checked')
  expect(standingOf(lost, new Date('2026-11-01T09:31:01Z'))).toBe('not-paid')
})

test('a lost answer after a declined payment is being checked too, whatever is said of the declined one', async () => {
  const visitor = aVisitor(shop.url)
  const form = await visitor.fillsIn()
  const declined = demoCard('hanbit', 'small-limit').number
  const { location } = await visitor.post('/order', { ...form, ...card(), number: declined })
  expect((await visitor.get(location)).text).toContain('The payment did not go through')
  line = 'cut'
  await visitor.post(`${location}/pay`, card())
  line = 'good'
  await deliver()
  expect((await visitor.get(location)).text).toContain('Your payment is being checked')
})

test('while Moa cannot be reached news is refused, and taken when it comes again', async () => {
  const visitor = aVisitor(shop.url)
  const form = await visitor.fillsIn()
  const { location } = await visitor.post('/order', { ...form, way: 'moa' })
  const { number, expiry } = demoCard('hanbit', 'roomy')
  await gateway.payments.pay(merchantId, paymentIn(location).paymentId, {
    means: [{ module: 'card', input: { number, expiry } }],
  })
  line = 'cut'
  await deliver()
  const [sent] = await gateway.messages.list(merchantId, { kind: 'webhook', limit: 1 })
  expect(sent).toMatchObject({ state: 'due', deliveries: [{ status: 503 }] })
  line = 'good'
  await gateway.messages.resend(merchantId, sent!.id)
  await deliver()
  expect((await visitor.get('/orders')).text).toContain('tag paid')
})

test('M-266: the number of a V-Card, typed where a card number goes, pays with the cards behind it', async () => {
  const shopper = await aShopper(gateway)
  const saved = await Promise.all(
    (['hanbit', 'saero'] as const).map(async (issuer) => {
      const { number, expiry } = demoCard(issuer, 'roomy')
      const added = await gateway.cards.add(shopper.id, { number, expiry, holderName: 'HAN JIWOO', nickname: issuer })
      if (added.kind !== 'added') throw new Error(added.reason)
      return added.card.id
    }),
  )
  const created = await gateway.vcards.create(shopper.id, {
    merchantId,
    amount: money(220_000n, 'KRW'),
    shares: saved.map((cardId, at) => ({ cardId, amount: at === 0 ? 200_000n : 20_000n })),
    mayRetry: false,
  })
  if (created.kind !== 'created') throw new Error(created.reason)
  const visitor = aVisitor(shop.url)
  const form = await visitor.fillsIn('moon-jar')
  const { location } = await visitor.post('/order', { ...form, way: 'card', number: created.number, expiry: '12/31' })
  expect((await visitor.get(location)).text).toContain('Paid. Thank you!')
  const amounts = await Promise.all(
    (['hanbit', 'saero'] as const).map(async (issuer) => (await outside.book(issuer)).charges[0]?.amount),
  )
  expect(amounts.map(Number)).toEqual([200_000, 20_000])
})

describe('the order book', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'shop-book-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  test('is the same after the shop was started again', () => {
    const before = openOrderBook(folder)
    before.add(order)
    before.change(order.id, (now) => ({ ...now, attempt: 2 }))
    expect(openOrderBook(folder).get(order.id)).toEqual({ ...order, attempt: 2 })
  })
})

describe('the shop as a process', () => {
  const server = path.resolve(import.meta.dirname, 'server.ts')
  const environment = async (): Promise<Record<string, string>> => ({
    SHOP_PORT: String(await freePort()),
    MOA_API_URL: settings.apiUrl,
    MOA_WEB_URL: settings.webUrl,
    MOA_MERCHANT_ID: settings.merchantId,
    MOA_SECRET_KEY: settings.secretKey,
    MOA_SHOP_SIGNING_KEY: JSON.stringify(aSigningKey().signingKey),
    MOA_GATEWAY_KEYS_URL: settings.gatewayKeysUrl,
    MOA_WEBHOOK_KEYS: settings.webhookKeys.join(),
  })
  const start = (env: Record<string, string>) =>
    spawn(process.execPath, ['--import', 'tsx', server], {
      env: { ...process.env, SHOP_TEST: '', ...env },
    })

  test('says in one line where it is, has no test switch, and ends when told to, though somebody is connected', async () => {
    const env = await environment()
    const child = start(env)
    const [said] = (await once(createInterface(child.stdout), 'line')) as [string]
    const { url } = JSON.parse(said) as { url: string }
    expect(url).toBe(`http://127.0.0.1:${env['SHOP_PORT']}`)
    const shelf = await fetch(url)
    expect(await shelf.text()).toContain('달항아리')
    expect((await fetch(`${url}/test/behaviour`, { method: 'POST', body: '{"confirm":"yes"}' })).status).toBe(404)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('serves the shop of another merchant at a port of its own, under its own name', async () => {
    const { SHOP_PORT: port = '', ...theirs } = await environment()
    const second = { ...theirs, SHOP_PORT: port, SHOP_NAME: '소담상회', SHOP_NAME_EN: 'Sodam Store' }
    const child = start({ ...(await environment()), SECOND_SHOP: JSON.stringify(second) })
    await once(createInterface(child.stdout), 'line')
    const shelf = await fetch(`http://127.0.0.1:${port}`, { headers: { 'accept-language': 'en' } })
    expect(await shelf.text()).toContain('<span>Sodam Store</span>')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('names the setting that is missing', async () => {
    const { MOA_SECRET_KEY: _, ...env } = await environment()
    const child = start(env)
    const [said] = (await once(createInterface(child.stderr), 'line')) as [string]
    expect(said).toContain('MOA_SECRET_KEY is not set')
    expect(await once(child, 'exit')).toEqual([1, null])
  })

  test.each([
    ['SHOP_PORT', 'eighty'],
    ['MOA_SHOP_SIGNING_KEY', 'not-json-secret'],
    ['MOA_WEBHOOK_KEYS', ''],
  ])('names %s when it cannot be used, and not its value', async (name, value) => {
    const read = async () => readSettings({ ...(await environment()), [name]: value })
    await expect(read()).rejects.toThrow(name)
    if (value !== '') await expect(read()).rejects.not.toThrow(value)
  })
})
