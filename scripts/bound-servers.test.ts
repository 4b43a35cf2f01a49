import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { WAITING } from '../lib/http/waiting.mjs'
import { boundServers } from './bound-servers.mjs'

afterAll(boundServers({ ...WAITING, headersMs: 150, requestMs: 300, checkMs: 50 }))

/** A server as others make them, which knows nothing of our bounds. */
async function aServer(): Promise<number> {
  const server = createServer((request, response) => request.resume().on('end', () => response.end('read')))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** Writes and reads until the server hangs up. */
async function exchange(port: number, sent: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  await once(socket, 'connect')
  socket.write(sent)
  await once(socket, 'close')
  return answer
}

test.each([
  ['headers that do not come to their end', 'GET / HTTP/1.1\r\nHost: x\r\n'],
  ['a body that does not come to its end', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf'],
])('P10.1: a server that somebody else has made does not wait for %s', async (_what, sent) => {
  expect(await exchange(await aServer(), sent)).toContain('HTTP/1.1 408 ')
})

test('what comes whole is answered as ever', async () => {
  const answer = await exchange(await aServer(), 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  expect(answer).toContain('read')
})
