import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { freePorts, portSettings } from './ports'

// Whole processes start and stop here, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 })

const ROOT = path.resolve(import.meta.dirname, '..')
let dataFolder: string
let env: NodeJS.ProcessEnv

beforeEach(async () => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'moa-start-'))
  chmodSync(dataFolder, 0o755)
  const ports = await freePorts()
  const { DATABASE_URL: _, ...rest } = process.env
  env = {
    ...rest,
    MOA_DATA: dataFolder,
    ...portSettings(ports, ['outsideWorld', 'smtp', 'smsc', 'sftp', 'bank', 'points', 'issuers', 'telcos']),
  }
})

afterEach(() => {
  rmSync(dataFolder, { recursive: true, force: true })
})

function run(script: string, args: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The outside world stands for every part here: the pages need a build, which has its own place in npm test. */
const start = () => run('scripts/start.ts', ['--without', 'api,worker,web,shop'])

async function untilReady(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error('The child has no output.')
  for await (const line of createInterface(child.stdout)) if (line.includes('Ctrl-C stops it')) return
  throw new Error('It ended before it was ready.')
}

async function ended(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
  if (!child.stderr) throw new Error('The child has no error output.')
  const errors = text(child.stderr)
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, errors: await errors }
}

const outsideWorld = () => fetch(`http://127.0.0.1:${env.OUTSIDE_WORLD_PORT}/api/state`)

test('npm start runs until Ctrl-C, leaves nothing running, keeps its data, and npm run reset empties them', async () => {
  const system = start()
  await untilReady(system)
  expect((await outsideWorld()).status).toBe(200)
  const secrets = readFileSync(path.join(dataFolder, 'secrets.json'), 'utf8')
  expect(statSync(path.join(dataFolder, 'secrets.json')).mode & 0o777).toBe(0o600)

  const second = await ended(start())
  expect(second.code).toBe(1)
  expect(second.errors).toContain(`Moa is already running on ${dataFolder} (process ${system.pid})`)
  const early = await ended(run('scripts/reset.ts'))
  expect(early.code).toBe(1)
  expect(early.errors).toContain('Then run npm run reset again.')

  system.kill('SIGINT')
  expect((await ended(system)).code).toBe(130)
  await expect(outsideWorld()).rejects.toThrow()
  expect(existsSync(path.join(dataFolder, 'postgres/data/postmaster.pid'))).toBe(false)

  const again = start()
  await untilReady(again)
  expect(readFileSync(path.join(dataFolder, 'secrets.json'), 'utf8')).toBe(secrets)
  again.kill('SIGTERM')
  expect((await ended(again)).code).toBe(143)

  expect((await ended(run('scripts/reset.ts'))).code).toBe(0)
  expect(existsSync(dataFolder)).toBe(false)
})

test('a system whose main process is killed outright leaves nothing running, and starts again', async () => {
  const system = start()
  await untilReady(system)
  system.kill('SIGKILL')
  await expect
    .poll(
      () =>
        outsideWorld().then(
          () => 'answers',
          () => 'gone',
        ),
      { timeout: 60_000 },
    )
    .toBe('gone')
  const again = start()
  await untilReady(again)
  again.kill('SIGINT')
  expect((await ended(again)).code).toBe(130)
})

test('a port in use is refused with the variable that sets another', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  env.OUTSIDE_WORLD_PORT = String(port)
  const { code, errors } = await ended(start())
  other.close()
  expect(code).toBe(1)
  expect(errors.trim()).toBe(
    `Port ${port} is in use by another program. Stop that program, or set OUTSIDE_WORLD_PORT to another port.`,
  )
})

test.each([
  [
    'a part that does not exist',
    {},
    ['--without', 'apis'],
    /There is no part "apis".*outside-world, points, api, worker, web, shop/,
  ],
  ['a port that is none', { WEB_PORT: 'x' }, [], /WEB_PORT is "x"/],
  [
    'production without a database',
    { MOA_MODE: 'production' },
    ['--without', 'api,worker,web'],
    /needs a DATABASE_URL/,
  ],
  [
    'a database that does not answer',
    { DATABASE_URL: 'postgresql://moa:secret@127.0.0.1:1/moa' },
    ['--without', 'outside-world,points,api,worker,web,shop'],
    /^The database of DATABASE_URL cannot be used \(connect ECONNREFUSED/,
  ],
])('npm start refuses %s in a sentence', async (_, settings, args, sentence) => {
  Object.assign(env, settings)
  const { code, errors } = await ended(run('scripts/start.ts', args))
  expect(code).toBe(1)
  expect(errors).toMatch(sentence)
  expect(errors).not.toMatch(/secret|\n {4}at /)
})
