import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { anOrder, aShop, paidWith, shopCalls, startApi, type TestApi } from '../http/http.fixtures'
import { publicId } from '../ids'
import type { Job } from '../jobs/job'
import { startJobs } from '../jobs/runner'
import { krw } from '../money/money'

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly attributes: readonly { key: string; value: { stringValue?: string; intValue?: number } }[]
}

const spans: Span[] = []
const asked: IncomingHttpHeaders[] = []

/** A collector that keeps what it is sent (OTLP over HTTP, JSON). */
const collector = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[]
    }
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)))
    response.setHeader('content-type', 'application/json').end('{}')
  })
})

/** A shop that is asked to confirm and refuses: the journey of the trace ends there. */
const shopServer = createServer((request, response) => {
  asked.push(request.headers)
  request.resume().on('end', () => response.end('{}'))
})

let api: TestApi

beforeAll(async () => {
  for (const server of [collector, shopServer])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api = await startApi({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: urlOf(collector), OUTGOING_ALLOW: new URL(urlOf(shopServer)).host },
  })
})
afterAll(() => {
  for (const server of [collector, shopServer]) {
    server.close()
    server.closeAllConnections()
  }
})

const urlOf = (server: typeof collector) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'

test('a payment is one trace: from the shop’s request over the payment to each link, and on to the shop that confirms', async () => {
  const { secret } = await aShop(api, { confirmation: 'required', confirmationUrl: urlOf(shopServer) })
  const answer = await shopCalls(api.hosts['the api process'], secret).post(
    '/api/v1/payments',
    anOrder(paidWith('roomy')),
    { traceparent: `00-${TRACE}-${PARENT}-01` },
  )
  expect(answer.status).toBeLessThan(500)
  await api.gateway.payments.idle()
  await api.gateway.operations.tracing.close()

  const ours = spans.filter(({ traceId }) => traceId === TRACE)
  const named = (name: string) => ours.find((span) => span.name === name)
  const [request, payment] = [named('POST /api/v1/payments'), named('payment open')]
  expect(request).toMatchObject({ parentSpanId: PARENT })
  expect(payment).toMatchObject({ parentSpanId: request!.spanId })
  const confirmation = named('confirmation confirm')
  for (const call of [named('issuer authorize'), confirmation, named('issuer reverse')])
    expect(call).toMatchObject({ parentSpanId: payment!.spanId })
  // The shop goes on from the very call that reached it.
  expect(asked[0]?.['traceparent']).toBe(`00-${TRACE}-${confirmation!.spanId}-01`)

  const said = ours.flatMap(({ attributes }) => attributes.map(({ value }) => value.stringValue ?? ''))
  expect(said).toContain(answer.json['id'])
  const { number } = (paidWith('roomy')['means'] as { card: { number: string } }).card
  expect(said.join()).not.toContain(number)
})

test('a refund is a part of what asked for it, and its calls to issuers are parts of it', async () => {
  const other = await api.another()
  const { merchant } = await aShop(api)
  const { number, expiry } = demoCard('hanbit', 'roomy')
  const opened = await other.payments.open({
    ...{ merchantId: merchant.id, orderRef: 'traced-refund', orderName: '책', amount: krw(1_000), metadata: {} },
    ...({ captureMode: 'automatic', channel: 'direct', locale: 'ko' } as const),
    means: [{ module: 'card', input: { number, expiry } }],
  })
  if (opened.kind !== 'opened') throw new Error(opened.kind)
  const { id: paymentId } = opened.payment
  await other.operations.tracing.span('asked to refund', {}, () =>
    other.refunds.open({
      ...{ merchantId: merchant.id, paymentId, amount: 1_000n, strategy: 'ratio', kind: 'refund', reason: '' },
      requestedBy: { kind: 'person', id: 'p', name: 'Clerk' },
    }),
  )
  await other.refunds.idle()
  await other.operations.tracing.close()
  const named = (name: string) => spans.find((span) => span.name === name)
  const refund = named('refund open')
  expect(refund).toMatchObject({ parentSpanId: named('asked to refund')!.spanId })
  expect(refund!.attributes).toContainEqual({ key: 'moa.payment', value: { stringValue: publicId('pay', paymentId) } })
  expect(named('issuer refund')).toMatchObject({ parentSpanId: refund!.spanId })
})

test('each run of a job is a trace of its own, one that fails too', async () => {
  const other = await api.another()
  const outcomes = [() => Promise.reject(new Error('no')), () => Promise.resolve(false)]
  let end = () => {}
  const ran = new Promise<void>((resolve) => (end = resolve))
  const job: Job = {
    ...{ name: 'traced', everyMs: 1, runners: 'shared' },
    runOnce: () => {
      const next = outcomes.shift()
      if (!next) end()
      return next?.() ?? Promise.resolve(false)
    },
  }
  const runner = startJobs(other, [job], 'test')
  await ran
  await runner.stop()
  await other.operations.tracing.close()
  const made = spans.filter(({ name }) => name === 'job traced')
  expect(made.length).toBeGreaterThanOrEqual(3)
  expect(new Set(made.map(({ traceId }) => traceId)).size).toBe(made.length)
})

test('a header that is no trace begins a trace of its own', async () => {
  const other = await api.another()
  const { operations } = other
  const before = spans.length
  for (const parent of ['', 'nonsense', `00-${'0'.repeat(32)}-${PARENT}-01`, `ff-${TRACE}-${PARENT}-01`])
    await operations.tracing.span('asked', { parent }, () => Promise.resolve())
  await operations.tracing.close()
  const made = spans.slice(before)
  expect(made).toHaveLength(4)
  expect(new Set(made.map(({ traceId }) => traceId)).size).toBe(4)
  for (const span of made) {
    expect(span.traceId).not.toBe(TRACE)
    expect(span.parentSpanId ?? '').toBe('')
  }
})
