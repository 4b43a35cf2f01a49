import { once } from 'node:events'
import { connect } from 'node:net'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { migrateDeploy } from '../../scripts/migrate'
import { startThrowawayPostgres } from '../../scripts/throwaway-postgres'
import { testEnvironment } from '../../test/gateway'
import { readSettings } from '../env'
import { createGateway } from '../gateway'
import { createLog } from '../log'
import { anOrder, aShop, paidWith, sendOverTcp, shopCalls, startApi } from './http.fixtures'
import { serve, type ServerOptions } from './server'

const api = await startApi()
const shop = await aShop(api)
const local = { host: '127.0.0.1', port: 0 }

beforeEach(() => api.outside.reset())

async function aServer(limits: ServerOptions['limits'] = {}) {
  const server = await serve(api.gateway, { ...local, limits })
  afterAll(() => server.close())
  return { ...server, ...shopCalls((sent) => sendOverTcp(server.port, sent), shop.secret) }
}

/** Writes raw bytes and reads until the server hangs up. */
async function rawExchange(port: number, ...pieces: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  for (const piece of pieces) socket.write(piece)
  await once(socket, 'close')
  return answer
}

describe('P10.1: what is not a proper HTTP request is answered and hung up on', () => {
  test.each([
    ['noise', 'BLAH\r\n\r\n', 400, 'malformed-request'],
    ['an unknown method', 'BREW /api/v1/payments HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'malformed-request'],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed-request'],
    [
      'two lengths',
      'POST /api/v1/payments HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'malformed-request',
    ],
    [
      '40 KiB of headers',
      `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
  ])('%s', async (_title, bytes, status, code) => {
    const answer = await rawExchange(api.port, bytes)
    expect(answer).toContain(`HTTP/1.1 ${status} `)
    expect(answer).toContain(`"code":"${code}"`)
    expect(answer).toContain('x-content-type-options: nosniff')
  })

  test('an expectation that nobody knows is no reason to answer in another form', async () => {
    const answer = await rawExchange(
      api.port,
      'GET /x HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toContain('"code":"not-found"')
    expect(answer).toContain('x-content-type-options: nosniff')
  })

  test('headers that do not come to their end', async () => {
    const { port } = await aServer({ headersMs: 150, requestMs: 300, checkMs: 50 })
    const answer = await rawExchange(port, 'GET /healthz HTTP/1.1\r\nHost: x\r\n')
    expect(answer).toContain('"code":"request-timeout"')
  })

  test('a body that does not come to its end', async () => {
    const { port } = await aServer({ headersMs: 150, requestMs: 300, checkMs: 50 })
    const head = `POST /api/v1/payments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n`
    expect(await rawExchange(port, head, '{"amount"')).toContain('"code":"request-timeout"')
  })
})

test('P9.2: what is too much is told to come again, how we are is still answered, and afterwards all is normal', async () => {
  const { port, post, get } = await aServer({ inFlight: 1 })
  await api.outside.switch('hanbit', { on: 'authorization', do: { kind: 'stall' }, times: 1 })
  const held = Array.from({ length: 10 }, () => post('/api/v1/payments', anOrder(paidWith('roomy'))))
  const answers = await Promise.all(held)
  const turnedAway = answers.filter(({ status }) => status === 503)
  expect(turnedAway).toHaveLength(9)
  for (const { headers, json } of turnedAway) {
    expect(json['code']).toBe('overloaded')
    expect(headers['retry-after']).toBe('1')
  }
  expect((await sendOverTcp(port, { path: '/healthz' })).status).toBe(200)
  expect((await get('/api/v1/payments')).status).toBe(200)
})

test('P9.1: a server that is told to end finishes what it accepted and takes no more', async () => {
  const server = await serve(api.gateway, local)
  const { post } = shopCalls((sent) => sendOverTcp(server.port, sent), shop.secret)
  await api.outside.switch('hanbit', { on: 'authorization', do: { kind: 'late', ms: 2_000 }, times: 1 })
  const order = anOrder(paidWith('roomy'))
  const slow = post('/api/v1/payments', order)
  await untilOpened(String(order['orderRef']))
  const closed = server.close()
  const answer = await slow
  expect([answer.status, answer.json['status'], answer.headers['connection']]).toEqual([201, 'paid', 'close'])
  await closed
  await expect(sendOverTcp(server.port, { path: '/healthz' })).rejects.toThrow('ECONNREFUSED')
})

/** Asks until the payment stands in the books: from then on its request is known to be under way. */
async function untilOpened(orderRef: string): Promise<void> {
  const found = await api.gateway.payments.list(shop.merchant.id, { orderRef, limit: 1 })
  if (found.length === 0) return untilOpened(orderRef)
}

test('P9.1, P10.6: while the database is away the process lives, is not ready, and asks callers to come again', async () => {
  const postgres = await startThrowawayPostgres()
  const url = postgres.url('moa')
  const admin = new pg.Client({ connectionString: postgres.url('postgres') })
  await admin.connect()
  await admin.query('CREATE DATABASE moa')
  await admin.end()
  await migrateDeploy(url)
  const settings = readSettings(testEnvironment(url, api.outside))
  const gateway = await createGateway(settings, { log: createLog('test', 'silent'), allowVolatile: true })
  const server = await serve(gateway, local)
  try {
    const { secret } = await aShop({ ...api, gateway })
    const { get } = shopCalls((sent) => sendOverTcp(server.port, sent), secret)
    expect((await get('/readyz')).status).toBe(200)
    await postgres.stop()
    const answer = await get('/api/v1/payments')
    expect([answer.status, answer.json['code'], answer.headers['retry-after']]).toEqual([503, 'unavailable', '2'])
    expect((await get('/readyz')).status).toBe(503)
    expect((await get('/healthz')).status).toBe(200)
  } finally {
    await server.close()
    await gateway.close()
  }
})

describe('what is logged', () => {
  async function logOf(work: (calls: ReturnType<typeof shopCalls>) => Promise<unknown>, gateway = api.gateway) {
    const lines: string[] = []
    const log = createLog('test', 'info', { write: (line) => void lines.push(line) })
    const server = await serve({ ...gateway, log }, local)
    try {
      await work(shopCalls((sent) => sendOverTcp(server.port, sent), shop.secret))
    } finally {
      await server.close()
    }
    return lines
  }

  test('P9.3: one line of JSON a request, with its correlation id, and no newline can break it', async () => {
    const lines = await logOf((calls) =>
      calls.get('/api/v1/payments?a=%0d%0aforged', { 'x-correlation-id': 'seen-by-both' }),
    )
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 'info',
      correlationId: 'seen-by-both',
      method: 'GET',
      route: '/api/v1/payments',
      status: 422,
    })
  })

  test('P8.1: neither card numbers nor keys, wherever they are put', async () => {
    const { number, securityCode } = (paidWith('roomy')['means'] as { card: { number: string; securityCode: string } })
      .card
    const lines = await logOf(async ({ get, post }) => {
      await post('/api/v1/payments', anOrder(paidWith('roomy')))
      await post('/api/v1/payments', anOrder({ ...paidWith('roomy'), note: number }))
      await get(`/api/v1/payments/${number}?card=${number}`)
      await get(`/${number}`, { 'x-correlation-id': `${number} x` })
    })
    expect(lines).toHaveLength(4)
    expect(lines.join()).not.toContain(number)
    expect(lines.join()).not.toContain(`"${securityCode}"`)
    expect(lines.join()).not.toContain(shop.secret)
  })

  test('P10.5: a fault of ours is answered with an id and nothing else, and is found in the log by it', async () => {
    const broken = {
      ...api.gateway,
      merchants: { ...api.gateway.merchants, byApiKey: () => Promise.reject(new Error('select * from secrets')) },
    }
    let text = ''
    const lines = await logOf(async ({ get }) => {
      const answer = await get('/api/v1/payments')
      expect(answer.status).toBe(500)
      text = answer.text
    }, broken)
    expect(text).not.toMatch(/secrets|select|\.ts|at /i)
    const { correlationId } = JSON.parse(text) as { correlationId: string }
    const fault = lines.find((line) => line.includes('select * from secrets'))
    expect(JSON.parse(fault!)).toMatchObject({ level: 'error', correlationId })
  })
})
