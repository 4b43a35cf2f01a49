import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { percentile } from './load'
import type { FloorResult } from './payments-floor'

/**
 * The floor: what a charge costs when nothing is done but writing, in one prepared call each, the rows that a charge must
 * durably have (the reference with its answer, the guarded account, its movement, posting with two entries).
 */
const FLOOR = `
  create schema if not exists bench;
  create or replace function bench.charge(merchant uuid, subject uuid, id uuid, print bytea, part bigint) returns boolean
  language plpgsql as $$
  declare
    a account;
  begin
    update account x set balance = x.balance - part, month_used = x.month_used + part, day_used = x.day_used + part,
      movements = x.movements + 1, version = x.version + 1
    where x.id = subject and x.month_used + part <= x.month_limit and x.suspended_at is null and x.lost_at is null
    returning * into a;
    if not found then return false; end if;
    insert into account_request (merchant_id, requester, reference, fingerprint, result, at)
    values (merchant, 'floor', id::text, print, jsonb_build_object('kind', 'charged', 'charges', jsonb_build_array(
      jsonb_build_object('id', id, 'accountId', subject, 'amount', part, 'balance', a.balance))), now());
    insert into account_movement (account_id, id, number, kind, amount, balance_after, merchant_id, requester, reference,
      counted_day, description, shop, at)
    values (subject, id, a.movements, 'charge', part, a.balance, merchant, 'floor', id::text, a.counted_day, 'Bench', 'Bench', now());
    insert into posting (merchant_id, id, kind, at) values (merchant, id, 'account-charge', now());
    insert into entry (merchant_id, posting_id, line, account, currency, amount)
    values (merchant, id, 0, 'account:' || subject, 'KRW', part), (merchant, id, 1, 'payable:merchant', 'KRW', -part);
    return true;
  end $$`

export async function prepareAccountFloor(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(FLOOR)
  await client.end()
}

/** Runs the floor with so many connections, each waiting for its own call, from this bare process. */
export async function runAccountFloor(
  databaseUrl: string,
  {
    merchantId,
    next,
    amount,
    clients,
    milliseconds,
  }: {
    readonly merchantId: string
    /** The account of the next charge. */
    readonly next: () => string
    readonly amount: bigint
    readonly clients: number
    readonly milliseconds: number
  },
): Promise<FloorResult> {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: databaseUrl })
      await client.connect()
      return client
    }),
  )
  const print = Buffer.alloc(32)
  const latencies: number[] = []
  const started = performance.now()
  await Promise.all(
    connections.map(async (client) => {
      while (performance.now() - started < milliseconds) {
        const asked = performance.now()
        const { rows } = await client.query<{ done: boolean }>({
          name: 'floor',
          text: 'select bench.charge($1, $2, $3, $4, $5) as done',
          values: [merchantId, next(), randomUUID(), print, amount.toString()],
        })
        if (!rows[0]?.done) throw new Error('a charge of the floor was refused')
        latencies.push(performance.now() - asked)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  await Promise.all(connections.map((client) => client.end()))
  latencies.sort((a, b) => a - b)
  return { perSecond: latencies.length / seconds, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) }
}
