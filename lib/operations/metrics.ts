import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { LinkMessage } from '../gateways/link-observer'
import { jobStates } from '../jobs/lease-store'
import type { Payment } from '../payments/payment'
import { openBySystem } from '../reconciliation/store'
import { countedSystem } from './figures'
import type { LinkCheck } from './link-conditions'
import { outboxDepth } from './queue-store'
import type { RequestLog } from './request-log'
import type { TransactionLog } from './transaction-log'

/** Figures for Prometheus (docs/operations.md). */
export interface Metrics {
  message(message: LinkMessage): void
  /** A payment has come to a state. */
  moved(payment: Pick<Payment, 'state' | 'legs' | 'attempt'>): void
  payment(result: string, milliseconds: number): void
  request(call: { method: string; route: string; status: number }, milliseconds: number): void
  /** Everything, in the text format of Prometheus. */
  text(): Promise<string>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  clockOffsetMs(): number
  readonly log: Pick<TransactionLog, 'lost' | 'waiting'>
  readonly requestLog: Pick<RequestLog, 'lost'>
  checkLinks(): readonly LinkCheck[]
}

/** From a quick link on the same machine to the time limits of slow ones, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]

export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

export function createMetrics({ database, clock, clockOffsetMs, log, requestLog, checkLinks }: Parts): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const moves = new Counter({
    name: 'moa_payment_moves_total',
    help: 'Payments that came to a state, by the means of their legs',
    labelNames: ['state', 'module'] as const,
    registers,
  })
  const attempts = new Histogram({
    name: 'moa_payment_answer_seconds',
    help: 'Time from an attempt to pay to its answer, by what was answered',
    labelNames: ['result'] as const,
    buckets: BUCKETS,
    registers,
  })
  const calls = new Histogram({
    name: 'moa_link_call_seconds',
    help: 'Time from a request over a link to its answer, or to the end of waiting for one',
    labelNames: ['link', 'system', 'operation'] as const,
    buckets: BUCKETS,
    registers,
  })
  const answers = new Counter({
    name: 'moa_link_answers_total',
    help: 'Answers over links by their kind: approved, refused, no-answer, unmatched, …',
    labelNames: ['link', 'system', 'operation', 'result'] as const,
    registers,
  })
  const requests = new Histogram({
    name: 'moa_http_request_seconds',
    help: 'Time from a request to the API to its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS,
    registers,
  })
  new Gauge({
    name: 'moa_link_connections',
    help: 'Connections that stand, of links that keep them',
    labelNames: ['link', 'system'] as const,
    registers,
    collect() {
      for (const { link, system, connectionsUp } of checkLinks()) {
        if (connectionsUp !== undefined) this.set({ link, system }, connectionsUp)
      }
    },
  })
  new Gauge({
    name: 'moa_database_connections',
    help: 'Connections of this process to PostgreSQL',
    labelNames: ['state'] as const,
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = database.pool
      this.set({ state: 'busy' }, totalCount - idleCount)
      this.set({ state: 'idle' }, idleCount)
      this.set({ state: 'waited-for' }, waitingCount)
    },
  })
  new Gauge({
    name: 'moa_clock_offset_seconds',
    help: "How far the database's clock is ahead of the machine's",
    registers,
    collect() {
      this.set(clockOffsetMs() / 1000)
    },
  })
  new Gauge({
    name: 'moa_outbox_messages',
    help: 'Messages to shops and people that are due, by kind',
    labelNames: ['kind'] as const,
    registers,
    async collect() {
      this.reset()
      for (const { kind, count } of await outboxDepth(database.pool)) this.set({ kind }, count)
    },
  })
  new Gauge({
    name: 'moa_job_success_age_seconds',
    help: 'Time since a job last ended well',
    labelNames: ['job'] as const,
    registers,
    async collect() {
      const now = clock.now().getTime()
      for (const { job, lastSuccessAt } of await jobStates(database.pool)) {
        if (lastSuccessAt) this.set({ job }, (now - lastSuccessAt.getTime()) / 1000)
      }
    },
  })
  new Gauge({
    name: 'moa_differences',
    help: 'Differences between our books and those of a system that nobody has closed',
    labelNames: ['link', 'system', 'state'] as const,
    registers,
    async collect() {
      this.reset()
      for (const { link, system, open, explained } of await openBySystem(database.pool)) {
        this.set({ link, system, state: 'open' }, open)
        this.set({ link, system, state: 'explained' }, explained)
      }
    },
  })
  new Gauge({
    name: 'moa_blocked_payouts',
    help: 'Payouts that wait for differences with a system',
    labelNames: ['link', 'system'] as const,
    registers,
    async collect() {
      this.reset()
      for (const { link, system, blocked } of await openBySystem(database.pool)) this.set({ link, system }, blocked)
    },
  })
  new Gauge({
    name: 'moa_transaction_log_waiting',
    help: 'Messages of links that are not in the database yet',
    registers,
    collect() {
      this.set(log.waiting())
    },
  })
  new Gauge({
    name: 'moa_transaction_log_lost',
    help: 'Messages of links that were not kept, since the start of the process',
    registers,
    collect() {
      this.set(log.lost())
    },
  })
  new Gauge({
    name: 'moa_api_log_lost',
    help: 'Requests to the API that shops do not find in their log, since the start of the process',
    registers,
    collect() {
      this.set(requestLog.lost())
    },
  })

  return {
    message(message) {
      const { link, operation, direction, result, durationMs } = message
      if (direction === 'out') return
      const labels = { link, system: countedSystem(message), operation }
      answers.inc({ ...labels, result: kindOf(result) })
      if (durationMs !== undefined) calls.observe(labels, durationMs / 1000)
    },
    moved({ state, legs, attempt }) {
      const modules = new Set(legs.filter((leg) => leg.attempt === attempt).map(({ module }) => module))
      moves.inc({ state, module: [...modules].sort().join('+') || 'none' })
    },
    payment: (result, milliseconds) => attempts.observe({ result }, milliseconds / 1000),
    request: ({ method, route, status }, milliseconds) =>
      requests.observe({ method, route, status: String(status) }, milliseconds / 1000),
    text: () => registry.metrics(),
  }
}

/** refused:insufficient-funds → refused: reasons are for the log, few labels for Prometheus. */
function kindOf(result = 'other'): string {
  const colon = result.indexOf(':')
  return colon < 0 ? result : result.slice(0, colon)
}
