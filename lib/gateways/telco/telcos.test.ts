import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { LinkMessage } from '../link-observer'
import { Frames, putInFrame } from '../tcp/framing'
import { routeByNumber } from './number-routes'
import { TELCO_FRAMES } from './protocol'
import { anAuthentication, callingOf } from './requests.fixtures'
import type { TelcoAnswer } from './telco'
import { connectTelcos, type TelcoLinkSettings, type TelcosOptions } from './telcos'
import { readAnswer } from './translate'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

type Received = Record<string, unknown> & { readonly id: string; readonly op: string }

/** A bare system for tests of the link: hands every request to the test, which answers what it likes. */
async function startSystem(
  take: (request: Received, socket: Socket) => void,
): Promise<{ port: number; server: Server }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    const frames = new Frames(TELCO_FRAMES)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      for (const payload of frames.push(chunk)) take(JSON.parse(payload.toString()) as Received, socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  return { port: (server.address() as AddressInfo).port, server }
}

const say = (socket: Socket, answer: object) =>
  socket.write(putInFrame(TELCO_FRAMES, Buffer.from(JSON.stringify(answer))))
const OK = { result: 'OK', subscriberRef: 'S1', lineKind: 'ISDN' }

function connect(port: number, settings: Partial<TelcoLinkSettings> = {}, options: TelcosOptions = {}) {
  const telcos = connectTelcos(
    [{ code: 'baram', kind: 'PSTN', prefixes: ['+82'], host: '127.0.0.1', port, connections: 1, ...settings }],
    { timeLimitMs: 10_000, ...options },
  )
  open.push(() => telcos.close())
  return telcos
}

test('requests carry what the profile asks for, and answers find them in whatever order they come (M-18, M-25, M-42, M-43)', async () => {
  const requests: Received[] = []
  const { port } = await startSystem((request, socket) => {
    requests.push(request)
    if (requests.length < 3) return
    for (const { id } of [...requests].reverse()) say(socket, { id, ...OK, subscriberRef: `S-${id}` })
  })
  const telcos = connect(port)
  const asked = [anAuthentication(), anAuthentication(), anAuthentication()]
  const answers = await Promise.all(asked.map((each) => telcos.authenticate(each)))
  expect(answers).toMatchObject(asked.map(({ reference }) => ({ subscriberRef: `S-${reference}` })))
  const [first] = asked
  expect(requests[0]).toEqual({
    id: first?.reference,
    op: 'authenticate',
    at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[0-9:.]+Z$/) as string,
    kind: 'PSTN',
    line: first?.calling.number,
    purchase: {
      ...{ tid: first?.purchase.tid, merchant: '모아서점', description: '책 세 권', amount: '22000', currency: 'KRW' },
    },
  })
})

test('a silent connection is kept by pings, and opened afresh when they are not answered', async () => {
  const pings: Received[] = []
  let answersPings = true
  const { port } = await startSystem((request, socket) => {
    if (request.op === 'ping') pings.push(request)
    if (request.op !== 'ping' || answersPings) say(socket, { id: request.id, ...OK })
  })
  const downs: string[] = []
  connect(
    port,
    { pingAfterMs: 20 },
    { timeLimitMs: 2_000, onEvent: (event) => void (event.kind === 'connection-down' && downs.push(event.reason)) },
  )
  await expect.poll(() => pings.length).toBeGreaterThan(2)
  expect(downs).toEqual([])
  answersPings = false
  await expect.poll(() => downs).toContain('echo not answered')
})

test('a system’s state turns to degraded when it does not answer, to down when it is away, and back', async () => {
  let result = 'OK'
  const { port, server } = await startSystem((request, socket) => say(socket, { id: request.id, ...OK, result }))
  const telcos = connect(port)
  const stateNow = () => telcos.states()[0]?.state
  expect(stateNow()).toBe('down')
  await telcos.authenticate(anAuthentication())
  expect(telcos.states()).toMatchObject([{ code: 'baram', state: 'up', connectionsUp: 1, inFlight: 0 }])
  result = 'TRY_LATER'
  await telcos.authenticate(anAuthentication())
  expect(stateNow()).toBe('degraded')
  result = 'SUSPENDED'
  await telcos.authenticate(anAuthentication())
  expect(stateNow()).toBe('up')
  const close = open.shift()
  await close?.()
  expect(server.listening).toBe(false)
  await expect.poll(stateNow).toBe('down')
})

test('requests made before the system is up wait for it', async () => {
  const { port } = await startSystem((request, socket) => say(socket, { id: request.id, ...OK }))
  const telcos = connect(port)
  expect(telcos.states()).toMatchObject([{ connectionsUp: 0 }])
  expect(await telcos.authenticate(anAuthentication())).toMatchObject({ kind: 'approved' })
})

test('an overload has no answer at once, and a closed link takes nothing more', async () => {
  const { port } = await startSystem(() => undefined)
  const telcos = connect(port, { inFlightPerConnection: 2 }, { timeLimitMs: 200 })
  const stalled = [telcos.authenticate(anAuthentication()), telcos.authenticate(anAuthentication())]
  expect(await telcos.authenticate(anAuthentication())).toEqual({ kind: 'no-answer' })
  expect(await Promise.all(stalled)).toEqual([{ kind: 'no-answer' }, { kind: 'no-answer' }])
  await telcos.close()
  expect(await telcos.authenticate(anAuthentication())).toEqual({ kind: 'no-answer' })
})

test('P9.3: the transaction log is told of both directions, without PIN, subscriber or a whole number', async () => {
  const { port } = await startSystem((request, socket) => say(socket, { id: request.id, ...OK, lineKind: 'IN' }))
  const told: LinkMessage[] = []
  const telcos = connect(port, { kind: 'IN', prefixes: ['7'] }, { observe: (message) => void told.push(message) })
  const subscriber = { nameHash: 'sha256:cafe', birthDate: '1990-04-12' }
  const request = anAuthentication('card', { subscriber })
  await telcos.authenticate(request)
  const payment = { correlation: request.reference, paymentId: request.purchase.tid }
  expect(told).toMatchObject([
    { link: 'telco', system: 'baram', direction: 'out', operation: 'authenticate', ...payment },
    { direction: 'in', result: 'approved', ...payment },
  ])
  const bodies = told.map(({ body }) => body?.()).join('\n')
  expect(bodies).toContain('책 세 권')
  for (const secret of [request.calling.number, '4821', 'cafe', '1990-04-12']) expect(bodies).not.toContain(secret)
})

describe('an answer', () => {
  const line = callingOf('mobile')
  const NO_ANSWER = { kind: 'no-answer' } as const
  test.each<[string, unknown, TelcoAnswer]>([
    ['OK with all it needs', OK, { kind: 'approved', system: 'baram', subscriberRef: 'S1', lineKind: 'ISDN' }],
    ['OK without subscriber', { result: 'OK', lineKind: 'ISDN' }, NO_ANSWER],
    ['OK for a calling card where a line was asked', { ...OK, lineKind: 'IN' }, NO_ANSWER],
    ['OK with a cap that is no amount', { ...OK, monthlyCap: '1e9' }, NO_ANSWER],
    ['OK with a number that is none', { ...OK, notify: '010-1234' }, NO_ANSWER],
    ['TRY_LATER', { result: 'TRY_LATER' }, NO_ANSWER],
    ['an unknown result', { result: 'toString' }, NO_ANSWER],
    ['no result', {}, NO_ANSWER],
    ['no object', 'OK', NO_ANSWER],
    ['ARREARS without an amount', { result: 'ARREARS' }, { kind: 'refused', system: 'baram', reason: 'arrears' }],
    [
      'ARREARS with an amount that is none',
      { result: 'ARREARS', overdueAmount: 5 },
      { kind: 'refused', system: 'baram', reason: 'arrears' },
    ],
  ])('%s', (_, body, expected) => {
    expect(readAnswer('baram', line, body)).toEqual(expected)
  })
})

describe('M-17: numbers are routed by kind and prefix', () => {
  const systemOf = routeByNumber([
    { code: 'all', kind: 'PSTN', prefixes: ['+82'] },
    { code: 'daejeon', kind: 'PSTN', prefixes: ['+8242', '+82420'] },
    { code: 'cards', kind: 'IN', prefixes: ['7', ''] },
  ])
  test.each([
    ['the longest prefix wins', 'line', '+82420001003', 'daejeon'],
    ['another area', 'line', '+8225551234', 'all'],
    ['another country', 'line', '+12025550100', undefined],
    ['a calling card', 'calling-card', '700000001013', 'cards'],
    ['an empty prefix takes all of its kind', 'calling-card', '123456', 'cards'],
  ] as const)('%s', (_, kind, number, code) => {
    expect(systemOf({ kind, number })).toBe(code)
  })

  test('two systems of a kind cannot claim the same prefix', () => {
    const claim = { kind: 'PSTN', prefixes: ['+82'] } as const
    expect(() =>
      routeByNumber([
        { code: 'a', ...claim },
        { code: 'b', ...claim },
      ]),
    ).toThrow(RangeError)
  })
})
