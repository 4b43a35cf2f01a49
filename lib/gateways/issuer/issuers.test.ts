import { afterEach, expect, test } from 'vitest'
import { answerTo, startIssuerHost, write } from './issuer-host.fixtures'
import type { IssuerHost } from './issuer-host.fixtures'
import type { IssuerSettings } from './issuer-settings'
import type { Issuers } from './issuer'
import { connectIssuers } from './issuers'
import type { Message } from './iso8583'
import { aCard, anAuthorization, aReference } from './requests.fixtures'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

const financial = ({ mti }: Message) => mti !== '0800'
const network = (code: string) => (message: Message) => message.fields[70] === code
const NO_ANSWER = { kind: 'no-answer' }
/** Longer than a test may take: what has no answer before then was not a matter of time. */
const FAR_AWAY_MS = 120_000

async function aHost(options: Parameters<typeof startIssuerHost>[0] = {}): Promise<IssuerHost> {
  const host = await startIssuerHost(options)
  open.push(() => host.close())
  return host
}

/** Our side, connected to one issuer; `happens` awaits the next event of a kind. */
function connect(port: number, settings: Partial<IssuerSettings> = {}) {
  const waiting = new Map<string, (() => void)[]>()
  const issuers = connectIssuers(
    [
      {
        code: 'hanbit',
        host: '127.0.0.1',
        port,
        bins: ['940001'],
        acquirerId: '94000000001',
        terminalId: 'MOA00001',
        connections: 1,
        timeLimitMs: 10_000,
        ...settings,
      },
    ],
    {
      onEvent: ({ kind }) =>
        waiting
          .get(kind)
          ?.splice(0)
          .forEach((tell) => tell()),
    },
  )
  open.push(() => issuers.close())
  const happens = (kind: string) =>
    new Promise<void>((resolve) => waiting.set(kind, [...(waiting.get(kind) ?? []), resolve]))
  return { issuers, happens }
}

const stateOf = (issuers: Issuers) => issuers.states()[0]!

/** An approval whose authorization id is the request's trace number. */
const approved = (request: Message) => answerTo(request, '00', { 38: request.fields[11] })

test('nothing is sent before the issuer has accepted the sign-on, and we sign off when we leave', async () => {
  const host = await aHost()
  const { issuers } = connect(host.port)
  const answer = issuers.authorize(anAuthorization())
  const [request] = await host.arrived(financial)
  write(request!.connection, approved(request!))
  await answer
  await issuers.close()
  expect(host.received.map(({ mti, fields }) => [mti, fields[70]])).toEqual([
    ['0800', '001'],
    ['0100', undefined],
    ['0800', '002'],
  ])
})

test('an issuer that refuses the sign-on gets no requests until it accepts one', async () => {
  const codes = ['91', '00']
  const host = await aHost({ network: () => codes.shift() ?? '00' })
  const { issuers } = connect(host.port)
  const answer = issuers.authorize(anAuthorization())
  const [request] = await host.arrived(financial)
  expect(host.received.filter(network('001'))).toHaveLength(2)
  write(request!.connection, approved(request!))
  expect(await answer).toMatchObject({ kind: 'approved' })
})

test('every answer finds its request, in whatever order and pieces answers arrive', async () => {
  const host = await aHost()
  const { issuers } = connect(host.port)
  const requests = Array.from({ length: 40 }, () => anAuthorization())
  const answers = Promise.all(requests.map((request) => issuers.authorize(request)))
  const received = await host.arrived(financial, requests.length)
  const { connection } = received[0]!
  connection.setNoDelay(true)
  const [first, ...others] = received.map((request) => approved(request)).reverse()
  write(connection, ...others)
  write(connection, first!)
  expect(await answers).toEqual(
    requests.map(({ reference }) => ({ kind: 'approved', authorizationId: reference.slice(14) })),
  )
})

test('requests are spread over all connections to the issuer', async () => {
  const host = await aHost()
  const { issuers } = connect(host.port, { connections: 2 })
  await host.arrived(network('001'), 2)
  await expect.poll(() => stateOf(issuers).connectionsUp).toBe(2)
  const answers = [1, 2, 3, 4].map(() => issuers.authorize(anAuthorization()))
  const received = await host.arrived(financial, 4)
  expect(new Set(received.map(({ connection }) => connection)).size).toBe(2)
  for (const request of received) write(request.connection, approved(request))
  await Promise.all(answers)
})

test('P3.3 an issuer that says nothing in time has not answered, and is asked once whether it is still there', async () => {
  const host = await aHost()
  const { issuers, happens } = connect(host.port, { timeLimitMs: 100 })
  await happens('connection-up')
  const answers = [1, 2, 3].map(() => issuers.authorize(anAuthorization()))
  expect(await Promise.all(answers)).toEqual([NO_ANSWER, NO_ANSWER, NO_ANSWER])
  expect(stateOf(issuers).unanswered).toBe(3)
  await host.arrived(network('301'))
  await issuers.close()
  expect(host.received.filter(network('301'))).toHaveLength(1)
})

test('P2.8 an answer that comes too late changes nothing and is counted', async () => {
  const host = await aHost()
  const { issuers, happens } = connect(host.port, { timeLimitMs: 100 })
  await happens('connection-up')
  expect(await issuers.authorize(anAuthorization())).toEqual(NO_ANSWER)
  const [request] = await host.arrived(financial)
  const unmatched = happens('unmatched-answer')
  write(request!.connection, approved(request!))
  await unmatched
  expect(stateOf(issuers)).toMatchObject({ unmatchedAnswers: 1, connectionsUp: 1 })
})

test('the second of two answers to one request is ignored', async () => {
  const host = await aHost()
  const { issuers, happens } = connect(host.port)
  const answer = issuers.authorize(anAuthorization())
  const [request] = await host.arrived(financial)
  const unmatched = happens('unmatched-answer')
  write(request!.connection, approved(request!), answerTo(request!, '05'))
  expect(await answer).toMatchObject({ kind: 'approved' })
  await unmatched
  expect(stateOf(issuers).unmatchedAnswers).toBe(1)
})

test.each([
  ['trace number', { 11: '999999' }],
  ['time', { 7: '0101000000' }],
  ['acquirer', { 32: '1' }],
])('P3.6 an answer with another %s answers nothing of ours', async (_, wrong) => {
  const host = await aHost()
  const { issuers, happens } = connect(host.port, { timeLimitMs: 200 })
  await happens('connection-up')
  const answer = issuers.authorize(anAuthorization())
  const [request] = await host.arrived(financial)
  const right = approved(request!)
  const unmatched = happens('unmatched-answer')
  write(request!.connection, { ...right, fields: { ...right.fields, ...wrong } })
  expect(await answer).toEqual(NO_ANSWER)
  await unmatched
  expect(stateOf(issuers).unmatchedAnswers).toBe(1)
})

test.each([
  ['a frame that is no message', Buffer.from([0, 3, 1, 2, 3])],
  ['a frame longer than any message', Buffer.from([0xff, 0xff, 0])],
])('%s ends the connection: what was under way has no answer, what follows is answered', async (_, garbage) => {
  const host = await aHost()
  const { issuers, happens } = connect(host.port, { timeLimitMs: FAR_AWAY_MS })
  const answers = Promise.all([issuers.authorize(anAuthorization()), issuers.authorize(anAuthorization())])
  const [request] = await host.arrived(financial, 2)
  const down = happens('connection-down')
  request!.connection.write(garbage)
  expect(await answers).toEqual([NO_ANSWER, NO_ANSWER])
  await down

  const next = issuers.authorize(anAuthorization())
  const [, , third] = await host.arrived(financial, 3)
  expect(third!.connection).not.toBe(request!.connection)
  write(third!.connection, approved(third!))
  expect(await next).toMatchObject({ kind: 'approved' })
})

test('a request cut off with its connection has no answer at once', async () => {
  const host = await aHost()
  const { issuers } = connect(host.port, { timeLimitMs: FAR_AWAY_MS })
  const answer = issuers.authorize(anAuthorization())
  const [request] = await host.arrived(financial)
  request!.connection.destroy()
  expect(await answer).toEqual(NO_ANSWER)
})

test('a request made while the issuer is away waits for it within its time limit', async () => {
  const away = await startIssuerHost()
  await away.close()
  const { issuers, happens } = connect(away.port, { timeLimitMs: 10_000 })
  const answer = issuers.authorize(anAuthorization())
  await happens('connection-down')
  expect(stateOf(issuers)).toMatchObject({ connectionsUp: 0, waiting: 1 })
  const host = await aHost({ port: away.port })
  const [request] = await host.arrived(financial)
  write(request!.connection, approved(request!))
  expect(await answer).toMatchObject({ kind: 'approved' })
})

test('a request to an issuer that stays away has no answer, and is not sent when the issuer is back', async () => {
  const away = await startIssuerHost()
  await away.close()
  const { issuers, happens } = connect(away.port, { timeLimitMs: 50 })
  expect(await issuers.authorize(anAuthorization())).toEqual(NO_ANSWER)
  const up = happens('connection-up')
  const host = await aHost({ port: away.port })
  await up
  await issuers.close()
  expect(host.received.filter(financial)).toEqual([])
})

test('a silent connection is echoed, and one that does not echo is replaced', async () => {
  const silent = { isSilent: false }
  const host = await aHost({ network: () => (silent.isSilent ? undefined : '00') })
  const { issuers, happens } = connect(host.port, { timeLimitMs: 2_000, echoAfterMs: 20 })
  await host.arrived(network('301'), 2)
  expect(stateOf(issuers).connectionsUp).toBe(1)
  const down = happens('connection-down')
  silent.isSilent = true
  await down
  const up = happens('connection-up')
  silent.isSilent = false
  await up
})

test('a request that is under way already is not sent again: both callers get the one answer', async () => {
  const host = await aHost()
  const { issuers } = connect(host.port)
  const request = anAuthorization()
  const answers = Promise.all([issuers.authorize(request), issuers.authorize({ ...request, repeat: true })])
  const [received] = await host.arrived(financial)
  write(received!.connection, approved(received!))
  const expected = { kind: 'approved', authorizationId: request.reference.slice(14) }
  expect(await answers).toEqual([expected, expected])
  expect(host.received.filter(financial)).toHaveLength(1)
})

test('a full link turns new authorizations away at once, and sends a reversal as soon as there is room', async () => {
  const host = await aHost()
  const { issuers } = connect(host.port, { inFlightPerConnection: 2, timeLimitMs: FAR_AWAY_MS })
  const begun = [anAuthorization(), anAuthorization()]
  const answers = begun.map((request) => issuers.authorize(request))
  const received = await host.arrived(financial, 2)
  const reversal = issuers.reverse({
    ...anAuthorization(),
    authorization: aReference(),
    reason: 'other-leg-declined',
  })
  expect(await issuers.authorize(anAuthorization())).toEqual(NO_ANSWER)
  expect(stateOf(issuers)).toMatchObject({ inFlight: 2, waiting: 1 })

  for (const request of received) write(request.connection, approved(request))
  const [, , late] = await host.arrived(financial, 3)
  expect(late!.mti).toBe('0400')
  write(late!.connection, answerTo(late!, '25'))
  expect(await reversal).toEqual({ kind: 'approved' })
  await Promise.all(answers)
})

test('on leaving, requests under way are still answered and new ones are not taken', async () => {
  const host = await aHost()
  const { issuers } = connect(host.port)
  const answer = issuers.authorize(anAuthorization())
  const [request] = await host.arrived(financial)
  const closed = issuers.close()
  expect(await issuers.authorize(anAuthorization())).toEqual(NO_ANSWER)
  // Once another gateway has signed on, a sign-off of ours would have arrived too.
  connect(host.port)
  await host.arrived(network('001'), 2)
  expect(host.received.filter(network('002'))).toEqual([])
  write(request!.connection, approved(request!))
  expect(await answer).toMatchObject({ kind: 'approved' })
  await closed
})

test('P3.5 one issuer that is silent does not hold up another', async () => {
  const silentHost = await aHost()
  const host = await aHost()
  const settings = { host: '127.0.0.1', acquirerId: '1', terminalId: 'MOA', connections: 1, timeLimitMs: FAR_AWAY_MS }
  const issuers = connectIssuers([
    { ...settings, code: 'silent', port: silentHost.port, bins: ['940001'] },
    { ...settings, code: 'quick', port: host.port, bins: ['940002'] },
  ])
  open.push(() => issuers.close())
  const unanswered = issuers.authorize(anAuthorization())
  const [held] = await silentHost.arrived(financial)
  const answer = issuers.authorize(anAuthorization({ card: { ...aCard, number: '9400020000000018' } }))
  const [request] = await host.arrived(financial)
  write(request!.connection, approved(request!))
  expect(await Promise.race([unanswered, answer])).toMatchObject({ kind: 'approved' })
  held!.connection.destroy()
  expect(await unanswered).toEqual(NO_ANSWER)
})

test('a card of no issuer of ours has nobody to answer for it', async () => {
  const host = await aHost()
  const { issuers } = connect(host.port)
  const foreign = { ...aCard, number: '4111111111111111' }
  expect(issuers.issuerOf(foreign.number)).toBeUndefined()
  expect(await issuers.authorize(anAuthorization({ card: foreign }))).toEqual(NO_ANSWER)
})

test.each([
  ['a BIN with a letter', { bins: ['94000x'] }],
  ['an acquirer id of twelve digits', { acquirerId: '940000000012' }],
  ['a terminal id of nine characters', { terminalId: 'MOA000001' }],
  ['no connection', { connections: 0 }],
  ['a time zone that does not exist', { timeZone: 'Asia/Seul' }],
])('settings with %s are refused when we start', (_, wrong) => {
  expect(() => connect(1, wrong)).toThrow(RangeError)
})
