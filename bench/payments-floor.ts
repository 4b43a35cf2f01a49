import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { percentile } from './load'

/**
 * The floor: what a payment costs when nothing is done but writing, in one prepared call each, the rows that a
 * single-leg payment must durably have (idempotency key, payment, leg, history, posting with two entries).
 */
const FLOOR = `
  create schema if not exists bench;
  create or replace function bench.floor(merchant uuid, payment uuid, posting uuid, print bytea) returns void language sql as $$
    insert into idempotency_key (merchant_id, key, fingerprint, resource_id, status, body, created_at)
    values (merchant, payment::text, print, payment, 201, '{"state":"paid"}', now());
    insert into payment (merchant_id, id, order_ref, live_order_ref, order_name, amount, currency, state, standing,
      attempt, capture_mode, channel, captured_amount, created_at, expires_at, finished_at)
    values (merchant, payment, payment::text, payment::text, 'floor', 1000, 'KRW', 'paid', 'paid', 1, 'automatic', 'direct', 1000,
      now(), now(), now());
    insert into leg (merchant_id, payment_id, attempt, leg, module, means, amount, state, authorize_reference, captured_amount)
    values (merchant, payment, 1, 1, 'card', '{}', 1000, 'captured', '', 1000);
    insert into payment_history (merchant_id, payment_id, version, event, state, at)
    values (merchant, payment, 1, 'opened', 'paid', now());
    insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting, 'capture', payment, now());
    insert into entry (merchant_id, posting_id, line, account, currency, amount)
    values (merchant, posting, 0, 'receivable:bench', 'KRW', 1000), (merchant, posting, 1, 'payable:merchant', 'KRW', -1000);
  $$`

export interface FloorResult {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

export async function prepareFloor(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(FLOOR)
  await client.end()
}

/** Runs the floor with so many connections, each waiting for its own call, from this bare process. */
export async function runFloor(databaseUrl: string, clients: number, milliseconds: number): Promise<FloorResult> {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: databaseUrl })
      await client.connect()
      return client
    }),
  )
  const merchant = randomUUID()
  const print = Buffer.alloc(32)
  const latencies: number[] = []
  const started = performance.now()
  await Promise.all(
    connections.map(async (client) => {
      while (performance.now() - started < milliseconds) {
        const asked = performance.now()
        await client.query({
          name: 'floor',
          text: 'select bench.floor($1, $2, $3, $4)',
          values: [merchant, randomUUID(), randomUUID(), print],
        })
        latencies.push(performance.now() - asked)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  await Promise.all(connections.map((client) => client.end()))
  latencies.sort((a, b) => a - b)
  return { perSecond: latencies.length / seconds, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) }
}
