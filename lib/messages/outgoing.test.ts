import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type ShopServer, startShopServer } from '../merchants/merchants.fixtures'
import { createOutgoing, LARGEST_ANSWER, type OutgoingAnswer } from './outgoing'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

async function aServer(...answer: Parameters<typeof startShopServer>): Promise<ShopServer> {
  const server = await startShopServer(...answer)
  open.push(server)
  return server
}

const request = {
  headers: { 'x-test': 'yes' },
  body: '{"a":"한"}',
  timeLimitMs: 5000,
  about: { link: 'webhook', operation: 'test', correlation: 'msg_1' } as const,
}

test('an allowed address is called with body and headers, and its answer comes back', async () => {
  const server = await aServer(() => ({
    status: 202,
    headers: { 'retry-after': '7', 'content-type': 'text/plain' },
    body: 'ok',
  }))
  const answer = await createOutgoing({ allow: [server.address] }).post(server.url, request)
  expect(answer).toEqual({
    kind: 'answered',
    status: 202,
    body: 'ok',
    whole: true,
    contentType: 'text/plain',
    retryAfter: '7',
  })
  expect(server.requests).toMatchObject([{ body: request.body, headers: { 'x-test': 'yes', 'content-length': '11' } }])
})

test.each([
  ['no URL', 'shop', 'bad-url'],
  ['another scheme', 'ftp://shop.example/x', 'bad-url'],
  ['a file', 'file:///etc/passwd', 'bad-url'],
  ['a log-in inside', 'https://user:pass@shop.example/', 'bad-url'],
  ['a fragment', 'https://shop.example/#x', 'bad-url'],
  ['three thousand characters', `https://shop.example/${'x'.repeat(3000)}`, 'bad-url'],
  ['no encryption', 'http://shop.example/', 'not-https'],
  ['our own machine', 'https://127.0.0.1/', 'not-public'],
  ['our own machine, as one number', 'https://2130706433/', 'not-public'],
  ['our own machine, in octal', 'https://0177.0.0.1/', 'not-public'],
  ['our own machine, in hexadecimal', 'https://0x7f.1/', 'not-public'],
  ['our own machine, in IPv6', 'https://[::1]/', 'not-public'],
  ['our own machine, mapped', 'https://[::ffff:127.0.0.1]/', 'not-public'],
  ['the cloud’s metadata', 'https://169.254.169.254/latest/meta-data', 'not-public'],
  ['our own network', 'https://10.1.2.3:8443/', 'not-public'],
])('P5.6: an address with %s is neither registered nor called', async (_, url, reason) => {
  const outgoing = createOutgoing()
  expect(outgoing.faultOf(url)).toBe(reason)
  expect(await outgoing.post(url, request)).toEqual({ kind: 'refused', reason })
})

test('P5.6: an ordinary address may be registered', () => {
  expect(createOutgoing().faultOf('https://shop.example/moa?x=1')).toBeUndefined()
  expect(createOutgoing().faultOf('https://211.234.5.6:8443/moa')).toBeUndefined()
})

test('P5.6: an allowed address is one host and one port, nothing beside it', async () => {
  const server = await aServer(() => ({}))
  const outgoing = createOutgoing({ allow: [server.address] })
  expect(outgoing.faultOf(server.url.replace(/:\d+/, ':1'))).toBe('not-https')
  expect(outgoing.faultOf(server.url.replace('127.0.0.1', '127.0.0.2'))).toBe('not-https')
})

test.each([
  ['our own machine', ['127.0.0.1']],
  ['a public address and our own machine', ['211.234.5.6', '127.0.0.1']],
  ['our own machine in IPv6', ['::1']],
  ['nothing', []],
])('P5.6: a name that resolves to %s at the moment of connecting is not called', async (_, addresses) => {
  let listening = 0
  const server = createTcpServer(() => (listening += 1))
  await new Promise<void>((ready) => server.listen(0, ready))
  open.push({ close: () => new Promise((closed) => server.close(() => closed())) })
  const { port } = server.address() as AddressInfo

  const resolve = () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
  const answer = await createOutgoing({ resolve }).post(`https://shop.example:${port}/`, request)
  expect(answer).toEqual({ kind: 'refused', reason: 'not-public' })
  expect(listening).toBe(0)
})

test('a name that does not resolve is no answer', async () => {
  const resolve = () => Promise.reject(new Error('no such name'))
  const answer = await createOutgoing({ resolve }).post('https://shop.example/', request)
  expect(answer).toEqual({ kind: 'no-answer', reason: 'no-connection' })
})

test('P5.6: a redirect is an answer, not a way', async () => {
  const target = await aServer(() => ({}))
  const server = await aServer(() => ({ status: 307, headers: { location: target.url } }))
  const answer = await createOutgoing({ allow: [server.address, target.address] }).post(server.url, request)
  expect(answer).toMatchObject({ kind: 'answered', status: 307 })
  expect(target.requests).toEqual([])
})

test('P5.6: no more of an answer is read than anybody needs', async () => {
  const server = await aServer(() => ({ body: 'x'.repeat(5_000_000) }))
  const answer = await createOutgoing({ allow: [server.address] }).post(server.url, request)
  expect(answer).toMatchObject({ kind: 'answered', whole: false })
  expect(answer.kind === 'answered' && answer.body.length).toBe(LARGEST_ANSWER)
})

test('a receiver that is silent, hangs up or is not there has not answered', async () => {
  const silent = await aServer(() => undefined)
  const hangsUp = await aServer((_, { socket }) => void socket.destroy())
  const gone = await aServer(() => ({}))
  await gone.close()
  const outgoing = createOutgoing({ allow: [silent, hangsUp, gone].map(({ address }) => address) })
  const post = (server: ShopServer) =>
    outgoing.post(server.url, { ...request, timeLimitMs: server === silent ? 300 : 5_000 })
  const no = (reason: string) => ({ kind: 'no-answer', reason }) as OutgoingAnswer
  expect(await Promise.all([silent, hangsUp, gone].map(post))).toEqual([
    no('timed-out'),
    no('cut-off'),
    no('no-connection'),
  ])
})
