import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../../test/gateway'
import { movableClock } from '../payments/payments.fixtures'
import { later } from '../clock'
import type { Job } from './job'
import { jobStates, noteRun, takeLease } from './lease-store'
import { jobs } from './registry'
import { startJobs } from './runner'

const clock = movableClock()
let world: TestGateway
let name: string
let made = 0

beforeAll(async () => {
  world = await startGateway({ clock })
})

beforeEach(() => {
  name = `job-${++made}`
})

const START = new Date('2026-11-02T09:00:00.000Z')
const stateOf = async (job: string) => (await jobStates(world.gateway.database.pool)).find((each) => each.job === job)

describe('the lease of a job that runs alone (P9.4)', () => {
  const take = (holder: string, from: Date, until: Date) =>
    takeLease(world.gateway.database.pool, name, holder, from, until)

  test('is had by one of many who ask at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, index) => take(`runner-${index}`, START, later(START, 1000))),
    )
    expect(asked.filter(Boolean)).toHaveLength(1)
  })

  test('is kept by whoever has it, and had by nobody else, until its time is over', async () => {
    const first = await take('first', START, later(START, 1000))
    expect(await take('second', later(START, 999), later(START, 2000))).toBeUndefined()
    expect(await take('first', later(START, 999), later(START, 2000))).toEqual(first)
    const second = await take('second', later(START, 2000), later(START, 3000))
    expect(second!.token).toBeGreaterThan(first!.token)
  })

  test('once lost, does not let its former holder say how the job went (fencing)', async () => {
    const { pool } = world.gateway.database
    const lost = (await take('slow', START, later(START, 1000)))!
    const held = (await take('quick', later(START, 1000), later(START, 2000)))!
    await noteRun(pool, held, later(START, 1500), undefined)
    await noteRun(pool, lost, later(START, 1600), 'too late to matter')
    expect(await stateOf(name)).toMatchObject({
      holder: 'quick',
      lastSuccessAt: later(START, 1500),
      lastError: null,
    })
  })
})

describe('the runner of jobs', () => {
  /** A job that counts its runs, and may be held in one. */
  function aJob(changes: Partial<Job> & { run?: () => Promise<void> } = {}) {
    const counted = { runs: 0, atOnce: 0, mostAtOnce: 0 }
    const { run, ...rest } = changes
    const job: Job = {
      name,
      everyMs: 1,
      runners: 'alone',
      async runOnce() {
        counted.runs += 1
        counted.mostAtOnce = Math.max(counted.mostAtOnce, ++counted.atOnce)
        try {
          await run?.()
        } finally {
          counted.atOnce -= 1
        }
        return false
      },
      ...rest,
    }
    return { job, counted }
  }

  test('lets a job that runs alone run in one process at a time', async () => {
    const { job, counted } = aJob({ run: () => new Promise((resolve) => setImmediate(resolve)) })
    const other = await world.another()
    const runners = [startJobs(world.gateway, [job], 'one'), startJobs(other, [job], 'two')]
    await expect.poll(() => counted.runs).toBeGreaterThan(10)
    await Promise.all(runners.map((runner) => runner.stop()))
    expect(counted.mostAtOnce).toBe(1)
  })

  test('P9.4: keeps a job that lasts longer than its lease from every other runner', async () => {
    let release = () => undefined as void
    const held = new Promise<void>((resolve) => (release = resolve))
    const { job, counted } = aJob({ run: () => held })
    const other = await world.another()
    const { pool } = world.gateway.database
    const first = startJobs(world.gateway, [job], 'one', { renewEveryMs: 5 })
    await expect.poll(() => counted.atOnce).toBe(1)
    const second = startJobs(other, [job], 'two')
    for (let times = 0; times < 3; times++) {
      // Less than the lease each time, and three times that more than it.
      clock.forward(20_000)
      const sound = later(clock.now(), 20_000)
      const renewed = async () =>
        (await pool.query<{ until: Date }>('select until from job_lease where job = $1', [name])).rows[0]!.until
      await expect.poll(renewed, { timeout: 20_000 }).toSatisfy((until: Date) => until > sound)
    }
    expect(await takeLease(pool, name, 'three', clock.now(), later(clock.now(), 1000))).toBeUndefined()
    release()
    await Promise.all([first.stop(), second.stop()])
    expect(counted.mostAtOnce).toBe(1)
  })

  test('goes on with the others when one fails, tries that one again, and shows why it failed', async () => {
    const failing = aJob({
      run: () => Promise.reject(new Error('the feed is broken')),
    })
    const sound = aJob({ name: `${name}-sound`, runners: 'shared' })
    const runner = startJobs(world.gateway, [failing.job, sound.job], 'one')
    await expect.poll(() => Math.min(failing.counted.runs, sound.counted.runs)).toBeGreaterThan(2)
    await runner.stop()
    expect(await stateOf(name)).toMatchObject({ lastSuccessAt: null, lastError: 'the feed is broken' })
    expect(await stateOf(sound.job.name)).toMatchObject({ lastError: null })
    expect((await stateOf(sound.job.name))!.lastSuccessAt).toBeInstanceOf(Date)
  })

  test('ends when it is told to, after what is under way, and begins nothing more', async () => {
    let release = () => undefined as void
    const held = new Promise<void>((resolve) => (release = resolve))
    const { job, counted } = aJob({ run: () => held })
    const runner = startJobs(world.gateway, [job], 'one')
    await expect.poll(() => counted.atOnce).toBe(1)
    const stopped = runner.stop()
    release()
    await stopped
    expect(counted).toMatchObject({ runs: 1, atOnce: 0 })
  })
})

describe('in an empty gateway', () => {
  // The operator's own shop is as old as its migration, and every day since then is due to be counted.
  beforeAll(async () => {
    while (await world.gateway.daily.countDue());
  })

  test.each(jobs.map((job) => [job.name, job] as const))('%s finds nothing to do, twice', async (_name, job) => {
    expect(await job.runOnce(world.gateway)).toBe(false)
    expect(await job.runOnce(world.gateway)).toBe(false)
  })
})

test('tidying removes what has served its time and nothing younger, with the rights of the application', async () => {
  const { gateway } = world
  const { pool } = gateway.database
  const hours = (count: number) => later(gateway.clock.now(), -count * 3_600_000)
  const merchant = '00000000-0000-7000-8000-000000000001'
  for (const [key, age] of [
    ['old', 73],
    ['young', 71],
  ] as const) {
    await pool.query(
      "insert into idempotency_key (merchant_id, key, fingerprint, created_at) values ($1, $2, '\\x00', $3)",
      [merchant, key, hours(age)],
    )
  }
  await pool.query(
    "insert into seen_message (merchant_id, jti, expires_at) values ($1, 'old', $2), ($1, 'young', $3)",
    [merchant, hours(1), hours(-1)],
  )
  await jobs.find(({ name: job }) => job === 'tidy')!.runOnce(gateway)
  const left = async (sql: string) => (await pool.query<{ left: string }>(sql, [merchant])).rows.map((row) => row.left)
  // P4.2: kept for 72 hours.
  expect(await left('select key as left from idempotency_key where merchant_id = $1')).toEqual(['young'])
  expect(await left('select jti as left from seen_message where merchant_id = $1')).toEqual(['young'])
})
