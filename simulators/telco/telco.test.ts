import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startOutsideWorld } from '../client'
import type { WorldInside } from '../world.fixtures'
import { worldInside } from '../world.fixtures'
import { demoLine } from './demo-lines'
import type { Gateway } from './telco-over-tcp.fixtures'
import { authenticate, connect } from './telco-over-tcp.fixtures'

let world: WorldInside
const gateways: Gateway[] = []
const gatewayAt = async (code: 'baram' | 'nuri') => {
  const gateway = await connect(world.ready.telcos.find((each) => each.code === code)?.port ?? 0)
  gateways.push(gateway)
  return gateway
}
beforeAll(async () => {
  world = await worldInside()
})
beforeEach(() => world.reset())
afterAll(async () => {
  for (const gateway of gateways) gateway.close()
  await world.close()
})

const card = (pin: string, changes = {}) => ({
  ...authenticate({ kind: 'IN', line: undefined, callingCard: demoLine('card').number, pin, ...changes }),
})
const purchase = authenticate().purchase as object

describe('a request that breaks the profile is answered FORMAT, and the fault is on the page', () => {
  test.each<[string, Record<string, unknown>]>([
    ['a member the profile does not know', authenticate({ colour: 'red' })],
    ['no time', authenticate({ at: undefined })],
    ['a time without zone', authenticate({ at: '2026-11-21T09:00:00' })],
    ['a number that is not E.164', authenticate({ line: '042-000-1003' })],
    ['an amount with a separator', authenticate({ purchase: { ...purchase, amount: '22,000' } })],
    ['an amount of zero', authenticate({ purchase: { ...purchase, amount: '0' } })],
    ['an amount as a number', authenticate({ purchase: { ...purchase, amount: 22_000 } })],
    ['another currency than won', authenticate({ purchase: { ...purchase, currency: 'USD' } })],
    ['a name that is not hashed', authenticate({ subscriber: { nameHash: '한지우', birthDate: '1990-04-12' } })],
    ['an unknown operation', authenticate({ op: 'charge' })],
    ['a calling card at the system of lines', card('4821')],
    ['no purchase', authenticate({ purchase: undefined })],
  ])('%s', async (_, request) => {
    const gateway = await gatewayAt('baram')
    expect(await gateway.ask(request)).toEqual({ id: request.id, result: 'FORMAT' })
    const { telcos } = await world.state()
    expect(telcos[0]?.complaints).toHaveLength(1)
  })

  test.each([['not JSON at all'], ['[]'], ['{"op":"authenticate"}']])(
    'a frame that names no request closes the connection: %s',
    async (text) => {
      const gateway = await gatewayAt('baram')
      expect(await gateway.ask(text)).toBeUndefined()
    },
  )
})

test('a ping is answered, bare or with a name', async () => {
  const gateway = await gatewayAt('baram')
  expect(await gateway.ask({ op: 'ping' })).toEqual({ result: 'OK' })
  expect(await gateway.ask({ op: 'ping', id: 'p1', at: new Date().toISOString() })).toEqual({ id: 'p1', result: 'OK' })
})

test('a repeat gets the same answer although the line has changed; with other content it is a FORMAT error', async () => {
  const gateway = await gatewayAt('baram')
  const request = authenticate()
  const first = await gateway.ask(request)
  expect(first).toMatchObject({ result: 'OK', lineKind: 'ISDN', monthlyCap: '500000' })
  await world.changeLine('baram', { number: demoLine('mobile').number, standing: 'suspended' })
  expect(await gateway.ask({ ...request, at: new Date(0).toISOString() })).toEqual(first)
  expect(await gateway.ask(authenticate())).toMatchObject({ result: 'SUSPENDED' })
  expect(await gateway.ask({ ...request, purchase: { ...purchase, amount: '1' } })).toMatchObject({ result: 'FORMAT' })
})

test('the third wrong PIN in a row locks a calling card, a right one before it ends the count', async () => {
  const gateway = await gatewayAt('nuri')
  const results: unknown[] = []
  for (const pin of ['0000', '0001', '4821', '0002', '0003', '0004', '4821'])
    results.push((await gateway.ask(card(pin)))?.result)
  expect(results).toEqual(['PIN_WRONG', 'PIN_WRONG', 'OK', 'PIN_WRONG', 'PIN_WRONG', 'PIN_LOCKED', 'PIN_LOCKED'])
})

test('the book has every request with its answer, newest first, and never a PIN', async () => {
  const lines = await gatewayAt('baram')
  const cards = await gatewayAt('nuri')
  await lines.ask(authenticate())
  await lines.ask({
    id: 's-1',
    op: 'status',
    at: new Date().toISOString(),
    kind: 'PSTN',
    line: demoLine('arrears').number,
  })
  await cards.ask(card('4821'))
  const { requests } = await world.telcoBook('baram')
  expect(requests).toMatchObject([
    { op: 'status', reply: { result: 'ARREARS', overdueAmount: '83400' } },
    { op: 'authenticate', tid: 'pay_1', amount: '22000', merchant: '모아서점', reply: { result: 'OK' } },
  ])
  expect(JSON.stringify((await world.telcoBook('nuri')).requests)).not.toContain('4821')
})

test('the page shows lines, requests and switches in both languages', async () => {
  const gateway = await gatewayAt('baram')
  await world.telcoSwitch('baram', { on: 'authenticate', do: { kind: 'decline', code: 'TRY_LATER' } })
  await gateway.ask(authenticate())
  const page = async (language: string) => (await fetch(`${world.url}/?lang=${language}`)).text()
  expect(await page('en')).toMatch(/Baram Telecom[^]*\+821000001007[^]*in arrears[^]*TRY_LATER/)
  expect(await page('ko')).toMatch(/바람통신[^]*\+821000001007[^]*연체[^]*TRY_LATER/)
})

test('a system that is killed answers repeats as before, and still knows a locked card and a changed line', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'telco-'))
  const before = await startOutsideWorld({ folder })
  const portOf = (each: typeof before, code: string) => each.telcos.find((telco) => telco.code === code)?.port ?? 0
  const [lines, cards] = [await connect(portOf(before, 'baram')), await connect(portOf(before, 'nuri'))]
  const request = authenticate()
  const answered = await lines.ask(request)
  for (const pin of ['0000', '0001', '0002']) await cards.ask(card(pin))
  await before.changeLine('baram', { number: demoLine('isdn').number, standing: 'terminated' })
  await before.kill()

  const after = await startOutsideWorld({ folder })
  const [again, cardsAgain] = [await connect(portOf(after, 'baram')), await connect(portOf(after, 'nuri'))]
  expect(await again.ask(request)).toEqual(answered)
  expect(await again.ask(authenticate({ line: demoLine('isdn').number }))).toMatchObject({ result: 'TERMINATED' })
  expect(await cardsAgain.ask(card('4821'))).toMatchObject({ result: 'PIN_LOCKED' })
  for (const gateway of [lines, cards, again, cardsAgain]) gateway.close()
  await after.stop()
  rmSync(folder, { recursive: true, force: true })
})
