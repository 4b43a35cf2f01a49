import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { LinkObserver } from '../gateways/link-observer'
import type { Uuid } from '../ids'
import type { Log } from '../log'
import type { Payment } from '../payments/payment'
import type { Payments } from '../payments/payments'
import type { Refunds } from '../payments/refunds'
import { createFigures } from './figures'
import type { LinkCheck } from './link-conditions'
import { createMetrics, type Metrics } from './metrics'
import { type MetricsServer, serveMetrics } from './metrics-server'
import { type ProcessReports, startProcessReports } from './process-reports'
import { type MessagePage, type MessageQuery, searchMessages } from './search-messages'
import { createTracing, type Tracing } from './tracing'
import { type ApiRequest, createRequestLog, type RequestLog } from './request-log'
import { createTransactionLog } from './transaction-log'
import { watchPayments } from './watch-payments'
import { watchRefunds } from './watch-refunds'

/** What a process knows of its own doing, for the people who run it: log, figures, traces. */
export interface Operations {
  /** Given to every adapter: each message is logged, counted and traced. */
  readonly observe: LinkObserver
  readonly tracing: Tracing
  /** Only where METRICS_PORT asks for them. */
  readonly metrics: Metrics | undefined
  /** Names links that stand by themselves, to be looked at with every report. */
  watchLinks(check: () => readonly LinkCheck[]): void
  watchPayments(payments: Payments): Payments
  watchRefunds(refunds: Refunds): Refunds
  moved(payment: Payment): void
  /** A request to the API was answered; where it is known whose it was, that shop can read of it. */
  request(call: AnsweredCall): void
  /** Of every shop's own requests to the API. */
  readonly requests: Pick<RequestLog, 'page' | 'find'>
  /** Begins to report on this process, and serves its figures where settings say so. For processes, not for tests. */
  start(): Promise<void>
  /** A page of the transaction log, the newest first. */
  searchMessages(query: MessageQuery): Promise<MessagePage>
  /** Writes into the logs what waits. */
  flush(): Promise<void>
  /** Before the database is closed. */
  close(): Promise<void>
}

/** A call to the API that was answered; without a shop where nobody said, or proved, whose it was. */
export type AnsweredCall = Omit<ApiRequest, 'merchantId'> & { readonly merchantId: Uuid | undefined }

interface Parts {
  readonly database: Database
  readonly clock: Clock
  /** What is added to the machine's clock for the time of the database. */
  clockOffsetMs(): number
  readonly settings: Pick<
    Settings,
    | 'API_LOG_DAYS'
    | 'DATABASE_CONNECTIONS'
    | 'METRICS_HOST'
    | 'METRICS_PORT'
    | 'METRICS_TOKEN'
    | 'OTEL_EXPORTER_OTLP_ENDPOINT'
  >
  readonly log: Log
  /** web | api | worker */
  readonly processName: string
}

export async function createOperations(parts: Parts): Promise<Operations> {
  const { database, clock, clockOffsetMs, settings, log, processName } = parts
  const report = (event: string, detail: Readonly<Record<string, unknown>>) => log.warn({ event, ...detail })
  const checks: (() => readonly LinkCheck[])[] = []
  const checkLinks = () => checks.flatMap((check) => check())
  const transactions = createTransactionLog({ database, clock, processName, report })
  const requests = createRequestLog({ database, clock, settings, report })
  const figures = createFigures(clock)
  const metrics =
    settings.METRICS_PORT === undefined
      ? undefined
      : createMetrics({ database, clock, clockOffsetMs, log: transactions, requestLog: requests, checkLinks })
  const tracing = await createTracing(settings, processName)
  let reports: ProcessReports | undefined
  let server: MetricsServer | undefined

  return {
    tracing,
    metrics,
    observe(message) {
      transactions.add(message)
      figures.message(message)
      metrics?.message(message)
      // Whoever asks a shop to confirm makes that span itself, because the shop continues it.
      if (tracing.on && message.link !== 'confirmation') tracing.linkCall(message)
    },
    watchLinks: (check) => void checks.push(check),
    watchPayments: (payments) =>
      watchPayments(payments, {
        tracing,
        answered(result, milliseconds) {
          figures.payment(result, milliseconds)
          metrics?.payment(result, milliseconds)
        },
      }),
    watchRefunds: (refunds) => watchRefunds(refunds, tracing),
    moved: (payment) => metrics?.moved(payment),
    requests,
    request(call) {
      const { merchantId, milliseconds } = call
      figures.request(call.status, milliseconds)
      metrics?.request(call, milliseconds)
      if (merchantId) requests.add({ ...call, merchantId })
    },
    async start() {
      const connections = settings.DATABASE_CONNECTIONS
      reports ??= startProcessReports({
        ...{ database, clock, clockOffsetMs, processName, connections, figures, checkLinks, report },
        log: transactions,
      })
      if (metrics) server ??= await serveMetrics(metrics, settings)
    },
    searchMessages: (query) => searchMessages(database, query),
    async flush() {
      await Promise.all([transactions.flush(), requests.flush()])
    },
    async close() {
      await Promise.all([reports?.stop(), server?.close(), tracing.close()])
      await Promise.all([transactions.flush(), requests.flush()])
    },
  }
}
