import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api'
import type { Settings } from '../env'
import type { LinkMessage } from '../gateways/link-observer'

/** What happened within what, across processes and links: spans for an OpenTelemetry collector, if there is one. */
export interface Tracing {
  /** Whether anything is recorded; while not, every member does nothing. */
  readonly on: boolean
  /** Runs work as a part of what is running. `parent` is the traceparent header of whoever asked from outside. */
  span<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T>
  /** A call over a link that has just ended, as a part of what is running. */
  linkCall(message: LinkMessage): void
  /** Headers by which whoever we call continues the trace. */
  headers(): Readonly<Record<string, string>>
  /** Sends what waits and ends. */
  close(): Promise<void>
}

export interface SpanOptions {
  readonly kind?: 'server' | 'client'
  readonly parent?: string | undefined
  readonly attributes?: Attributes
  /** Attributes that are known at the end. */
  readonly outcome?: (result: unknown) => Attributes
}

/** Traces nothing. */
export const noTracing: Tracing = {
  on: false,
  span: (_name, _options, work) => work(),
  linkCall: () => undefined,
  headers: () => ({}),
  close: () => Promise.resolve(),
}

/** Without an address of a collector nothing is loaded, and nothing costs anything. */
export async function createTracing(
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Pick<Settings, 'OTEL_EXPORTER_OTLP_ENDPOINT'>,
  processName: string,
): Promise<Tracing> {
  if (!endpoint) return noTracing
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `moa-${processName}`, 'service.namespace': 'moa' }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  })
  const tracer = provider.getTracer('moa')
  const running = new AsyncLocalStorage<Context>()
  const current = () => running.getStore() ?? ROOT_CONTEXT
  const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT }

  return {
    on: true,
    async span(name, { kind, parent, attributes = {}, outcome }, work) {
      const context = (parent && readTraceparent(parent)) || current()
      const span = tracer.startSpan(name, { kind: kind ? kinds[kind] : SpanKind.INTERNAL, attributes }, context)
      try {
        const result = await running.run(trace.setSpan(context, span), work)
        if (outcome) span.setAttributes(outcome(result))
        return result
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
        throw error
      } finally {
        span.end()
      }
    },
    linkCall({ link, system, operation, correlation, paymentId, result, durationMs }) {
      // An answer that nobody waited for, or that comes without having been asked for, belongs to nothing.
      if (durationMs === undefined) return
      const endedAt = Date.now()
      const attributes = {
        ...{ 'moa.link': link, 'moa.system': system, 'moa.operation': operation },
        ...(correlation && { 'moa.reference': correlation }),
        ...(paymentId && { 'moa.payment': paymentId }),
        ...(result && { 'moa.result': result }),
      }
      const span = tracer.startSpan(
        `${link} ${operation}`,
        { kind: SpanKind.CLIENT, startTime: endedAt - durationMs, attributes },
        current(),
      )
      if (result === 'no-answer') span.setStatus({ code: SpanStatusCode.ERROR, message: result })
      span.end(endedAt)
    },
    headers(): Readonly<Record<string, string>> {
      const span = trace.getSpanContext(current())
      if (!span) return {}
      return { traceparent: `00-${span.traceId}-${span.spanId}-0${span.traceFlags & TraceFlags.SAMPLED}` }
    },
    close: () => provider.shutdown().catch(() => undefined),
  }
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** W3C Trace Context, version 00; anything else begins a trace of its own. */
function readTraceparent(header: string): Context | undefined {
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(header) ?? []
  if (!/[1-9a-f]/.test(traceId) || !/[1-9a-f]/.test(spanId)) return undefined
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
