import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OutsideWorld } from '../../../simulators/client'
import { startOutsideWorld } from '../../../simulators/client'
import type { TestClock } from '../../cards/wallet.fixtures'
import { aClock } from '../../cards/wallet.fixtures'
import { createIssuerTerms } from './http-issuer-terms'
import type { IssuerTerms } from './issuer-terms'

const MINUTE = 60_000

describe('the terms feed of an issuer', () => {
  let world: OutsideWorld
  let clock: TestClock
  let terms: IssuerTerms

  beforeAll(async () => {
    world = await startOutsideWorld()
  })
  afterAll(() => world.stop())

  beforeEach(async () => {
    await world.reset()
    clock = aClock()
    terms = createIssuerTerms(
      world.issuers.map(({ code, terms: termsUrl }) => ({ code, termsUrl })),
      { clock, timeLimitMs: 5_000 },
    )
  })

  test('tells interest, fees, rewards and promotions of every issuer’s product (M-263, M-320)', async () => {
    for (const { code, bins } of world.issuers) {
      const known = await terms.of(code, bins[0]!)
      expect(known).toMatchObject({ isSilent: false, terms: { issuer: code, bin: bins[0] } })
    }
    const hanbit = await terms.of('hanbit', '940001')
    expect(hanbit?.terms).toMatchObject({ apr: 0.159, minPayment: 50_000n, currency: 'KRW' })
  })

  test('is asked again only when what it said is older than 15 minutes', async () => {
    await terms.of('hanbit', '940001')
    await world.changeTerms('hanbit', '940001', { apr: '0.1010' })
    clock.advance(14 * MINUTE)
    expect((await terms.of('hanbit', '940001'))?.terms.apr).toBe(0.159)
    clock.advance(2 * MINUTE)
    expect((await terms.of('hanbit', '940001'))?.terms.apr).toBe(0.101)
  })

  test.each([
    ['refuses', { kind: 'decline', code: '96' }],
    ['never answers', { kind: 'stall' }],
    ['cuts the connection', { kind: 'drop-before' }],
    ['answers garbage', { kind: 'garbage' }],
  ] as const)('that %s leaves the last good terms in use, with their age', async (_fault, deed) => {
    const before = await terms.of('hanbit', '940001')
    clock.advance(26 * 60 * MINUTE)
    await world.switch('hanbit', { on: 'terms', do: deed, times: 1 })
    expect(await terms.of('hanbit', '940001')).toEqual({ ...before, isSilent: true })
    // It is left alone for a moment, then asked again.
    expect((await terms.of('hanbit', '940001'))?.isSilent).toBe(true)
    clock.advance(MINUTE)
    const after = await terms.of('hanbit', '940001')
    expect(after?.isSilent).toBe(false)
    expect(after!.confirmedAt.getTime()).toBeGreaterThan(before!.confirmedAt.getTime() + 26 * 60 * MINUTE)
  })

  test('that has never answered is an unknown, not an error', async () => {
    await world.switch('hanbit', { on: 'terms', do: { kind: 'garbage' }, times: 1 })
    expect(await terms.of('hanbit', '940001')).toBeUndefined()
    expect(await terms.of('saero', '940001')).toBeUndefined()
    expect(await terms.of('nobody', '940001')).toBeUndefined()
    expect(await terms.of('hanbit', '../../x')).toBeUndefined()
  })

  test('is asked once by many proposals at the same moment', async () => {
    await world.switch('hanbit', { on: 'terms', do: { kind: 'garbage' }, times: 2 })
    const all = await Promise.all(Array.from({ length: 20 }, () => terms.of('hanbit', '940001')))
    expect(all.every((known) => known === undefined)).toBe(true)
    const { switches } = (await world.state()).issuers.find(({ code }) => code === 'hanbit')!
    expect(switches).toMatchObject([{ times: 1 }])
  })
})

describe('a terms feed at its edges', () => {
  const document = JSON.stringify({
    issuer: 'x',
    product: 'X',
    bin: '940009',
    currency: 'KRW',
    updatedAt: '2026-11-01T00:00:00Z',
    apr: '0.1',
    minPayment: '1',
    fee: { fixed: '0', bps: 0 },
    annualFee: '0',
    rewards: [],
  })
  const requests: IncomingMessage[] = []
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  const server = createServer((request, response) => {
    requests.push(request)
    answer(request, response)
  })
  let base = ''

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed/`
  })
  afterAll(() => void server.close())
  beforeEach(() => void requests.splice(0))

  const ask = (clock = aClock()) => createIssuerTerms([{ code: 'x', termsUrl: base }], { clock, timeLimitMs: 5_000 })
  const sends = (body: string, headers: Record<string, string> = {}, status = 200) => {
    answer = (_request, response) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }

  test('is told what we have, and a 304 confirms it', async () => {
    const clock = aClock()
    const terms = ask(clock)
    sends(document, { etag: '"one"' })
    const first = await terms.of('x', '940009')
    clock.advance(16 * MINUTE)
    sends('', {}, 304)
    const second = await terms.of('x', '940009')
    expect(requests.map(({ url, headers }) => [url, headers['if-none-match']])).toEqual([
      ['/feed/terms/940009', undefined],
      ['/feed/terms/940009', '"one"'],
    ])
    expect(second).toMatchObject({ terms: first!.terms, isSilent: false })
    expect(second!.confirmedAt.getTime()).toBeGreaterThan(first!.confirmedAt.getTime())
  })

  test.each<[string, () => void]>([
    ['a 304 to a first request', () => sends('', {}, 304)],
    ['another content type', () => sends(document, { 'content-type': 'text/html' })],
    ['a redirect', () => sends('', { location: `${base}terms/940009` }, 302)],
    ['more than 64 KiB', () => sends(document.replace('"X"', `"X"${' '.repeat(70_000)}`))],
    ['a wrong status', () => sends(document, {}, 203)],
  ])('that sends %s has not answered', async (_what, prepare) => {
    prepare()
    expect(await ask().of('x', '940009')).toBeUndefined()
  })
})
