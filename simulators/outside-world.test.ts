import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { OutsideWorld } from './client'
import { startOutsideWorld } from './client'
import { completionOf, connect, presentment, refundOf, reversalOf } from './issuers/acquirer.fixtures'
import { demoCard } from './issuers/demo-cards'
import { SettingError, readSettings } from './settings'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'outside-world-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const hanbit = (world: OutsideWorld) => connect(world.issuers.find(({ code }) => code === 'hanbit')?.port ?? 0)

describe('an outside world that keeps its books on disk', () => {
  test('loses nothing that it has answered when it is killed, and answers repeats as before', async () => {
    const before = await startOutsideWorld({ folder })
    const acquirer = await hanbit(before)
    const authorization = presentment({ amount: 5000 })
    const approved = await acquirer.ask('0100', authorization)
    const completion = completionOf(authorization, approved?.fields[38], 4000)
    const completed = await acquirer.ask('0220', completion)
    await acquirer.ask('0200', refundOf(completion, 1000))
    const unseen = presentment({ amount: 900 })
    await acquirer.ask('0400', reversalOf(unseen))
    await before.switch('hanbit', { on: 'authorization', do: { kind: 'decline', code: '51' }, times: 1 })
    const declined = presentment({ amount: 50 })
    await acquirer.ask('0100', declined)
    await before.changeCard('hanbit', { number: demoCard('hanbit', 'small-limit').number, limit: '77000' })
    const lapsing = presentment({ amount: 60 })
    await acquirer.ask('0100', lapsing)
    await before.lapse('hanbit', { card: lapsing[2] })
    await createTransport({ host: '127.0.0.1', port: before.ports.smtp }).sendMail({
      ...{ from: 'moa@example.test', to: 'a@example.test', subject: 'kept', text: 'kept' },
    })
    // A burst is under way when the power goes: whatever was answered has to be there afterwards.
    const answered: string[] = []
    const burst = Array.from({ length: 200 }, async (_, at) => {
      const wanted = presentment({ amount: at + 1 })
      if (await acquirer.ask('0100', wanted)) answered.push(wanted[37]?.trimEnd() ?? '')
    })
    await Promise.race(burst)
    const book = await before.book('hanbit')
    await before.kill()
    await Promise.all(burst)

    const after = await startOutsideWorld({ folder })
    const again = await hanbit(after)
    const kept = await after.book('hanbit')
    const rrns = new Set(kept.holds.map(({ rrn }) => rrn.trimEnd()))
    expect(answered.filter((rrn) => !rrns.has(rrn))).toEqual([])
    expect(kept.charges).toEqual(book.charges)
    expect(kept.refunds).toEqual(book.refunds)
    expect(kept.cards.map(({ owed, limit }) => [owed, limit])).toEqual(
      book.cards.map(({ owed, limit }) => [owed, limit]),
    )
    expect(kept.holds.find(({ stan }) => stan === lapsing[11])?.state).toBe('lapsed')
    expect(await again.ask('0101', authorization)).toEqual(approved)
    expect(await again.ask('0221', completion)).toEqual(completed)
    expect((await again.ask('0101', declined))?.fields[39]).toBe('51')
    expect((await again.ask('0100', unseen))?.fields[39]).toBe('05')
    expect(await after.mail()).toMatchObject([{ subject: 'kept' }])

    await after.reset()
    await after.stop()
    const fresh = await startOutsideWorld({ folder })
    expect((await fresh.book('hanbit')).counts).toEqual({ holds: 0, charges: 0, refunds: 0, reversals: 0 })
    expect(await fresh.mail()).toEqual([])
    await fresh.stop()
  })
})

describe('the outside-world process', () => {
  test('ends when whoever started it is killed', async () => {
    const starter = spawn(
      process.execPath,
      [
        ...['--import', 'tsx', '--input-type=module', '--eval'],
        `const { startOutsideWorld } = await import('./simulators/client.ts')
         console.log((await startOutsideWorld()).pid)`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = (await once(starter.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    const alive = () => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }
    expect(alive()).toBe(true)
    starter.kill('SIGKILL')
    await expect.poll(alive).toBe(false)
  })

  test('says which setting to change when a port is taken', async () => {
    const first = await startOutsideWorld()
    const second = spawn(
      process.execPath,
      ['--import', 'tsx', 'simulators/main.ts', '--ephemeral', '--port', String(first.ports.web)].concat(
        ...['--issuer-ports', '0', '--telco-ports', '0', '--bank-port', '0'],
        ...['--smtp-port', '0', '--smsc-port', '0', '--sftp-port', '0'],
      ),
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    let said = ''
    second.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const [code] = (await once(second, 'close')) as [number]
    expect(code).toBe(1)
    expect(said).toContain('set OUTSIDE_WORLD_PORT')
    await first.stop()
  })

  test('writes nothing to disk when it is ephemeral', async () => {
    vi.stubEnv('OUTSIDE_WORLD_DATA', folder)
    const world = await startOutsideWorld()
    vi.unstubAllEnvs()
    await (await hanbit(world)).ask('0100', presentment({}))
    await world.stop()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('settings', () => {
  test('a flag wins over the environment, the environment over the default', () => {
    const env = { NODE_ENV: 'test', OUTSIDE_WORLD_PORT: '4000', OUTSIDE_WORLD_SMTP_PORT: '4025' } as const
    expect(readSettings(['--port', '5000'], env)).toMatchObject({
      ...{ port: 5000, smtpPort: 4025, folder: '.data/outside-world', delayMs: 0 },
      issuerPorts: [4101, 4102, 4103, 4104, 4105],
    })
  })

  test.each([
    [['--port', 'many']],
    [['--port', '70000']],
    [['--issuer-ports', '1,2,3']],
    [['--delay-ms', '-1']],
    [['--what']],
  ])('%j is refused in words', (args) => {
    expect(() => readSettings(args, { NODE_ENV: 'test' })).toThrow(SettingError)
  })
})
