import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startPostgres } from './postgres'
import { readPostmaster } from './postmaster'

// Whole processes start and stop here, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 })

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'moa-postgres-test-'))
  chmodSync(folder, 0o755)
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows as unknown[]
  } finally {
    await client.end()
  }
}

test('the embedded database keeps its data from one start to the next and is durable', async () => {
  const first = await startPostgres({ folder })
  expect(first.how).toBe('created')
  await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS answer')
  await first.stop()
  expect(readPostmaster(path.join(folder, 'data'))).toBeUndefined()

  // What a machine that lost its power leaves behind, with the number of a process that is now another program.
  writeFileSync(path.join(folder, 'data/postmaster.pid'), `${process.pid}\n${folder}/data\n1\n5432\n\n127.0.0.1\n`)
  const second = await startPostgres({ folder })
  try {
    expect(second.how).toBe('started')
    expect(await query(second.url('postgres'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    expect(await query(second.url('postgres'), 'SHOW fsync')).toEqual([{ fsync: 'on' }])
    expect(await query(second.url('postgres'), 'SHOW data_checksums')).toEqual([{ data_checksums: 'on' }])
    await expect(query(second.url('postgres').replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow(/password/)
  } finally {
    await second.stop()
  }
})

test('a database that is still running is used on, and stopped by its new owner', async () => {
  const first = await startPostgres({ folder })
  const second = await startPostgres({ folder })
  expect(second.how).toBe('reused')
  expect(second.port).toBe(first.port)
  await second.stop()
  expect(readPostmaster(path.join(folder, 'data'))).toBeUndefined()
})

test('a program that is killed outright leaves neither its database nor its throw-away data behind', async () => {
  const program = `
    import { startThrowawayPostgres } from ${JSON.stringify(path.resolve(import.meta.dirname, 'throwaway-postgres'))}
    const server = await startThrowawayPostgres()
    console.log(JSON.stringify({ url: server.url('postgres') }))
    setInterval(() => undefined, 1000)`
  const script = path.join(folder, 'program.mts')
  writeFileSync(script, program)
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: path.resolve(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const { url } = JSON.parse(line) as { url: string }
  const [row] = (await query(url, `SELECT current_setting('data_directory') AS data`)) as [{ data: string }]
  const watcher = new pg.Client({ connectionString: url })
  watcher.on('error', () => undefined)
  await watcher.connect()
  const cut = new Promise<void>((resolve) => watcher.once('end', () => resolve()))

  child.kill('SIGKILL')
  await cut
  await expect.poll(() => existsSync(path.dirname(row.data)), { timeout: 60_000 }).toBe(false)
  await expect(query(url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/)
})
