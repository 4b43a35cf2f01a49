import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { freePort, isPortFree } from './free-port'
import { supervise } from './supervise'

// Whole processes start and stop here, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 })

let logFolder: string

beforeEach(() => {
  logFolder = mkdtempSync(path.join(tmpdir(), 'moa-supervise-'))
  chmodSync(logFolder, 0o755)
})

afterEach(() => {
  rmSync(logFolder, { recursive: true, force: true })
})

/** A part that listens, tells its process number, and ends when it is asked to. */
const listens = (port: number) => [
  '-e',
  `require('node:http').createServer((q, a) => { a.end(String(process.pid)); if (q.url === '/die') process.exit(9) }).listen(${port}, '127.0.0.1')`,
]

const ask = async (port: number, what = '/') => (await fetch(`http://127.0.0.1:${port}${what}`)).text()

test('a part that dies is started again, and that is said', async () => {
  const readyPort = await freePort()
  const said: string[] = []
  const part = { name: 'api', command: listens(readyPort), env: process.env, readyPort, logFolder }
  const running = await supervise(part, (line) => said.push(line), new AbortController().signal)
  const first = await ask(readyPort)
  await ask(readyPort, '/die').catch(() => undefined)
  await expect.poll(() => ask(readyPort).catch(() => first), { timeout: 60_000 }).not.toBe(first)
  expect(said).toEqual([
    expect.stringMatching(/^api ended \(code 9\); starting it again in 1 s\. Its log is .*api\.log\.$/),
  ])
  await running.stop()
  expect(await isPortFree(readyPort)).toBe(true)
})

test('a part that ends before it is ready fails with the last words of its log', async () => {
  const command = ['-e', `console.error('the key is missing'); process.exit(2)`]
  const part = { name: 'api', command, env: process.env, readyPort: await freePort(), logFolder }
  await expect(supervise(part, () => undefined, new AbortController().signal)).rejects.toThrow(
    /api ended \(code 2\) before it was ready.*\nthe key is missing/,
  )
})

test('a part that ignores the wish to end is ended with everything it started', async () => {
  const readyPort = await freePort()
  // The part itself obeys; the process that listens is its child and does not.
  const stubborn = `process.on('SIGTERM', () => undefined); require('node:net').createServer().listen(${readyPort}, '127.0.0.1')`
  const command = ['-e', `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}])`]
  const part = { name: 'web', command, env: process.env, readyPort, logFolder }
  const running = await supervise(part, () => undefined, new AbortController().signal)
  expect(await isPortFree(readyPort)).toBe(false)
  await running.stop()
  await expect.poll(() => isPortFree(readyPort)).toBe(true)
})

test('a start that is given up leaves nothing running', async () => {
  const given = new AbortController()
  const part = {
    name: 'api',
    command: ['-e', 'setInterval(() => undefined, 1000)'],
    env: process.env,
    readyPort: await freePort(),
    logFolder,
  }
  const starting = supervise(part, () => undefined, given.signal)
  given.abort(new Error('given up'))
  await expect(starting).rejects.toThrow('given up')
})
