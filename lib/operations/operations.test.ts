import { beforeAll, describe, expect, test } from 'vitest'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import { later } from '../clock'
import { aPayment } from '../desk/desk.fixtures'
import type { Gateway } from '../gateway'
import { jobs } from '../jobs/registry'
import type { Merchant } from '../merchants/merchant'
import { readBoard } from './board'
import { mergeLinks } from './board-links'
import type { LinkFigures } from './figures'
import { reportedLinks } from './link-conditions'
import { Latencies } from './latency'
import { keepMessageDays } from './message-store'
import { createMetrics } from './metrics'
import { serveMetrics } from './metrics-server'
import type { ProcessReport } from './process-report'
import { findReports, insertReport } from './report-store'

let world: TestGateway
let shop: Merchant

beforeAll(async () => {
  world = await startGateway({ env: { METRICS_PORT: '0' } })
  shop = await aMerchant(world.gateway)
})

describe('latencies', () => {
  test('of many processes and minutes add up to the same as those of one', () => {
    const [one, two, all] = [new Latencies(), new Latencies(), new Latencies()]
    for (let ms = 1; ms <= 1000; ms++) {
      all.add(ms)
      const half = ms % 2 === 0 ? one : two
      half.add(ms)
    }
    const merged = new Latencies()
    for (const each of [one, two]) merged.addWritten(JSON.parse(JSON.stringify(each.written())) as [number, number][])
    expect(merged.written()).toEqual(all.written())
    // At most a fifth too long, never too short.
    expect(merged.quantile(0.95)).toBeGreaterThanOrEqual(950)
    expect(merged.quantile(0.95)).toBeLessThan(950 * 1.2)
    expect(new Latencies().quantile(0.5)).toBeUndefined()
  })
})

describe('M-36: how a link stands', () => {
  const check = { link: 'issuer', system: 'hanbit', connections: 2, connectionsUp: 2 } as const
  const figures: LinkFigures = {
    link: 'issuer',
    ...{ system: 'hanbit', answered: 0, unanswered: 0, unmatched: 0, lastAnswerAt: undefined, latencies: [] },
  }

  test.each([
    ['connected and quiet', {}, {}, 'up'],
    ['connected and answering', {}, { answered: 5 }, 'up'],
    ['one of two connections', { connectionsUp: 1 }, {}, 'degraded'],
    ['no connection', { connectionsUp: 0 }, {}, 'down'],
    ['connected, some without an answer', {}, { answered: 5, unanswered: 1 }, 'degraded'],
    ['connected, nothing is answered', {}, { unanswered: 3 }, 'down'],
  ])('%s', (_what, checked, counted, state) => {
    expect(reportedLinks([{ ...check, ...checked }], [{ ...figures, ...counted }])).toMatchObject([{ state }])
  })

  test('is what all processes say together', () => {
    const report = (state: 'up' | 'down' | 'unused', index: number) =>
      ({
        instance: `p${index}`,
        links: [{ ...reportedLinks([check], [])[0]!, state }],
      }) as unknown as ProcessReport
    const together = (...states: ('up' | 'down' | 'unused')[]) => {
      const reports = states.map(report)
      return mergeLinks(reports, reports, [])[0]!.state
    }
    expect(together('up', 'unused')).toBe('up')
    expect(together('up', 'down')).toBe('degraded')
    expect(together('down', 'down', 'unused')).toBe('down')
    expect(together('unused')).toBe('unused')
  })
})

/** A process that reports, and has written its first report. */
async function reporting(gateway: Gateway): Promise<void> {
  await gateway.operations.start()
  await expect.poll(() => findReports(gateway.database.pool, new Date(0))).not.toEqual([])
}

test('M-33 … M-36: the board shows links with their p95, the process’ resources, payments, jobs and modules', async () => {
  const { gateway } = world
  await aPayment(world, shop.id)
  // One connection is enough to be paid over: both are there before the process says how it stands.
  await expect.poll(() => gateway.issuers.states().find(({ code }) => code === 'hanbit')?.connectionsUp).toBe(2)
  await reporting(gateway)
  const board = await readBoard({ ...gateway, jobs })
  expect(board.links.find(({ system }) => system === 'hanbit')).toMatchObject({
    ...{ link: 'issuer', state: 'up', connections: 2, connectionsUp: 2, answered: 2, unanswered: 0 },
    ...{ p95: expect.any(Number) as number, lastAnswerAt: expect.any(Date) as Date, openReversals: 0 },
  })
  expect(board.processes).toMatchObject([{ process: 'gateway', pool: { most: 10 } }])
  expect(board.processes[0]!.rssBytes).toBeGreaterThan(10_000_000n)
  expect(board.pace.paymentsPerSecond).toBeCloseTo(1 / 60)
  expect(board.pace.p95).toBeGreaterThan(0)
  expect(board.day.map(({ payments }) => payments)).toEqual([1])
  expect(board.jobs.map(({ name, condition }) => [name, condition])).toContainEqual(['daily-statistics', 'never'])
  expect(board.modules).toContainEqual({ module: 'card', merchants: 1 })
})

test('a process that has said nothing for half a minute is gone from the board, and its links with it', async () => {
  const { gateway } = world
  const [report] = await findReports(gateway.database.pool, new Date(0))
  const silent = { ...report!, instance: 'gone:1', at: later(gateway.clock.now(), -31_000) }
  await insertReport(gateway.database.pool, silent)
  const { processes } = await readBoard({ ...gateway, jobs })
  expect(processes.map(({ instance }) => instance)).not.toContain('gone:1')
})

describe('figures for Prometheus', () => {
  test('tell payments by state and means, link calls by system, the pool, jobs and the outbox', async () => {
    const { gateway } = world
    await world.outside.switch('saero', { on: 'authorization', do: { kind: 'decline', code: '51' }, times: 1 })
    await aPayment(world, shop.id, { issuer: 'saero' })
    const text = await gateway.operations.metrics!.text()
    expect(text).toContain('moa_payment_moves_total{state="paid",module="card"} 1')
    expect(text).toContain('moa_payment_moves_total{state="declined",module="card"} 1')
    expect(text).toContain(
      'moa_link_answers_total{link="issuer",system="saero",operation="authorize",result="refused"} 1',
    )
    expect(text).toMatch(/moa_link_call_seconds_count\{link="issuer",system="hanbit",operation="authorize"\} 1/)
    expect(text).toContain('moa_link_connections{link="issuer",system="hanbit"} 2')
    for (const name of [
      'moa_database_connections',
      'moa_clock_offset_seconds',
      'moa_transaction_log_lost',
      'nodejs_eventloop_lag_seconds',
    ])
      expect(text).toContain(name)
  })

  test('are told only to whoever shows the token, where there is one', async () => {
    const { gateway } = world
    const metrics = createMetrics({
      ...gateway,
      ...{ log: { lost: () => 0, waiting: () => 0 }, requestLog: { lost: () => 0 } },
      ...{ checkLinks: () => [], clockOffsetMs: () => 0 },
    })
    const token = 'a token of some length'
    const server = await serveMetrics(metrics, { METRICS_HOST: '127.0.0.1', METRICS_PORT: 0, METRICS_TOKEN: token })
    const url = `http://127.0.0.1:${server.port}/metrics`
    const statusOf = async (authorization?: string) =>
      (await fetch(url, { headers: authorization ? { authorization } : {} })).status
    expect(await statusOf()).toBe(401)
    expect(await statusOf('Bearer another token')).toBe(401)
    expect(await statusOf(`Bearer ${token}`)).toBe(200)
    expect((await fetch(url, { method: 'POST' })).status).toBe(404)
    await server.close()
  })
})

test('the log’s days are made ahead and dropped when they are too old, and what came before its day moves into it', async () => {
  const { pool } = world.gateway.database
  const messagesOf = async (day: string) => {
    const { rows } = await pool.query<{ part: string }>(
      'select tableoid::regclass::text as part from link_message where at >= $1::date and at < $1::date + 1',
      [day],
    )
    return rows.map(({ part }) => part)
  }
  const message = (at: string) => ({
    ...{ at, id: `00000000-0000-7000-8000-0000000000${at.slice(8, 10)}`, process: 'test', link: 'sms', system: 's' },
    ...{ direction: 'out', operation: 'submit' },
  })
  await pool.query('select log_link_messages($1)', [
    JSON.stringify([message('2031-01-01T12:00:00Z'), message('2031-01-03T12:00:00Z')]),
  ])
  expect(await messagesOf('2031-01-01')).toEqual(['link_message_other'])

  const day = (text: string) => new Date(`${text}T05:00:00Z`)
  const keep = { first: day('2031-01-01'), last: day('2031-01-03'), keepFrom: day('2031-01-01') }
  expect(await keepMessageDays(pool, keep)).toBe(3)
  expect(await messagesOf('2031-01-01')).toEqual(['link_message_20310101'])
  expect(await messagesOf('2031-01-03')).toEqual(['link_message_20310103'])
  expect(await keepMessageDays(pool, keep)).toBe(0)

  expect(await keepMessageDays(pool, { ...keep, keepFrom: day('2031-01-03') })).toBe(2)
  expect(await messagesOf('2031-01-01')).toEqual([])
  expect(await messagesOf('2031-01-03')).toEqual(['link_message_20310103'])
})
