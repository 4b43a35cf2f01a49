import type pg from 'pg'
import type { Check } from './check'
import { balanceChecks } from './balance-store'
import { accountChecks } from './verify-accounts'
import { eCashChecks } from './verify-e-cash'
import { debitChecks } from './verify-debits'
import { deferredChecks } from './verify-deferred'
import { giroChecks } from './verify-giro'
import { subscriptionChecks } from './verify-subscriptions'
import { linkChecks } from './verify-links'
import { disputeChecks } from './verify-disputes'
import { auditChecks } from './verify-audit'
import { phoneChecks } from './verify-phone'
import { receivableChecks } from './verify-receivables'
import { returnChecks } from './verify-returns'
import { settlementChecks } from './verify-settlement'

/** One thing that is not as it must be, with enough to find it. */
export interface Fault {
  readonly promise: string
  readonly sentence: string
  readonly example: string
}

/**
 * The money invariants as questions to the database: whatever a question returns is a fault (PROMISES 2, 1 to 5). They
 * are asked of the stored rows alone, so that they find what any program, or any hand, has done to them.
 */
export const checks: readonly Check[] = [
  {
    promise: 'P2.1',
    sentence: 'The entries of a posting do not sum to zero.',
    sql: `select merchant_id || ' posting ' || posting_id || ' ' || currency as example from entry
          group by merchant_id, posting_id, currency having sum(amount) <> 0`,
  },
  {
    promise: 'P2.1',
    sentence: 'A posting has no entries.',
    sql: `select p.merchant_id || ' posting ' || p.id as example from posting p
          where not exists (select from entry e where e.merchant_id = p.merchant_id and e.posting_id = p.id)`,
  },
  {
    promise: 'P2.1',
    sentence: 'All entries of a currency do not sum to zero.',
    sql: `select currency || ' ' || sum(amount) as example from entry group by currency having sum(amount) <> 0`,
  },
  {
    promise: 'P2.2',
    sentence: 'The history of a payment has gaps, or does not end in its state.',
    sql: `select p.merchant_id || ' payment ' || p.id as example from payment p
          join lateral (
            select count(*) as moves, max(version) as latest, (array_agg(state order by version desc))[1] as state
            from payment_history h where h.merchant_id = p.merchant_id and h.payment_id = p.id) h on true
          where h.moves <> p.version or h.latest is distinct from p.version or h.state is distinct from p.state`,
  },
  {
    promise: 'P2.3',
    sentence: 'A paid payment is not carried by captured legs that sum to its amount.',
    sql: `select p.merchant_id || ' payment ' || p.id as example from payment p
          where p.state = 'paid' and (p.captured_amount <> p.amount or p.amount is distinct from (
            select sum(l.captured_amount) from leg l where l.merchant_id = p.merchant_id and l.payment_id = p.id
              and l.attempt = p.attempt and l.state = 'captured'))`,
  },
  {
    promise: 'P2.3',
    sentence: 'A payment at rest has a leg that is still held, or captured although the payment is not paid.',
    sql: `select p.merchant_id || ' payment ' || p.id || ' leg ' || l.attempt || '.' || l.leg || ' ' || l.state as example
          from payment p join leg l on l.merchant_id = p.merchant_id and l.payment_id = p.id
          where (p.state in ('declined', 'cancelled', 'expired', 'created') and l.state not in ('declined', 'voided', 'returned'))
             or (p.state = 'paid' and l.attempt = p.attempt and l.state <> 'captured')
             or (p.state = 'paid' and l.attempt < p.attempt and l.state not in ('declined', 'voided', 'returned'))`,
  },
  {
    promise: 'P2.3',
    sentence: 'The books do not show what a paid payment captured, or gave back.',
    sql: `with booked as (
            select g.merchant_id, g.payment_id, -sum(e.amount) as amount from posting g
            join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id
              and e.account in ('payable:merchant', 'pending:merchant', 'reserve:merchant', 'e-cash:shop')
            where g.payment_id is not null and g.kind not in ('charge-back', 'fee', 'fee-back')
            group by g.merchant_id, g.payment_id
          ), returned as (
            select r.merchant_id, r.payment_id, sum(l.amount) as amount from refund r
            join refund_leg l on l.merchant_id = r.merchant_id and l.refund_id = r.id and l.state = 'refunded'
            where r.state not in ('refunding', 'queued') group by r.merchant_id, r.payment_id
          )
          select p.merchant_id || ' payment ' || p.id as example from payment p
          left join booked b on b.merchant_id = p.merchant_id and b.payment_id = p.id
          left join returned r on r.merchant_id = p.merchant_id and r.payment_id = p.id
          where p.state in ('paid', 'declined', 'cancelled', 'expired')
            and p.captured_amount - coalesce(r.amount, 0) <> coalesce(b.amount, 0)`,
  },
  {
    promise: 'P2.3',
    sentence: 'A telephone bill was paid, or written off, and something of its purchase is still pending or kept back.',
    sql: `select c.merchant_id || ' payment ' || c.payment_id as example from phone_charge c
          where c.state in ('collected', 'written-off') and exists (
            select from posting g join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id
            where g.merchant_id = c.merchant_id and g.payment_id = c.payment_id
              and e.account in ('pending:merchant', 'reserve:merchant')
            group by e.account having sum(e.amount) <> 0)`,
  },
  {
    promise: 'N8',
    sentence: 'A purchase on a phone bill is not in exactly the one charging file that it names.',
    sql: `select c.merchant_id || ' payment ' || c.payment_id as example from phone_charge c
          where (c.state in ('billed', 'collected', 'unpaid', 'written-off')) is distinct from (1 = (
            select count(*) from billing_record r where r.payment_id = c.payment_id and r.merchant_id = c.merchant_id
              and r.attempt = c.attempt and r.leg = c.leg and r.kind = 'charge' and r.state = 'billed'
              and r.centre = c.centre and r.sequence = c.file_sequence and r.record = c.file_record
              and r.amount = c.amount - c.reduced_amount))`,
  },
  {
    promise: 'N8',
    sentence: 'The charging files of a billing centre have a gap, or a file is not what its records say.',
    sql: `select b.code as example from billing_centre b
          where b.last_sequence <> (select count(*) from billing_file f where f.centre = b.code)
             or b.last_sequence <> (select coalesce(max(f.sequence), 0) from billing_file f where f.centre = b.code)
          union all
          select f.centre || ' ' || f.sequence from billing_file f
          where exists (select from billing_record r where r.centre = f.centre and r.sequence = f.sequence
            having count(*) <> f.details
              or coalesce(sum(r.amount) filter (where r.kind = 'charge'), 0) <> f.charges
              or coalesce(sum(r.amount) filter (where r.kind = 'credit'), 0) <> f.credits)`,
  },
  {
    promise: 'P2.4',
    sentence: 'One request to an outside system has the reference of another.',
    sql: `select reference as example from (
            select authorize_reference as reference from leg
            union all select settle_reference from leg where settle_reference is not null
            union all select reference from refund_leg) r
          group by reference having count(*) > 1`,
  },
  {
    promise: 'P2.4',
    sentence: 'A payment was booked as captured more than once.',
    sql: `select merchant_id || ' payment ' || payment_id as example from posting where kind = 'capture' and refund_id is null
          group by merchant_id, payment_id having count(*) > 1`,
  },
  {
    promise: 'P2.4',
    sentence: 'A V-Card was spent on more than one payment, or on none.',
    sql: `select v.shopper_id || ' vcard ' || v.id as example from vcard v
          where (v.state = 'spent') <> (v.payment_id is not null)
          union all
          select v.shopper_id || ' vcard ' || v.id from leg l
          join vcard v on v.id::text = l.means->>'vcardId' and v.merchant_id = l.merchant_id
          where l.module = 'vcard' and l.payment_id is distinct from v.payment_id`,
  },
  {
    promise: 'P2.5',
    sentence: 'More was refunded than was captured.',
    sql: `select p.merchant_id || ' payment ' || p.id as example from payment p where p.refunded_amount > p.captured_amount
          union all
          select l.merchant_id || ' payment ' || l.payment_id || ' leg ' || l.attempt || '.' || l.leg from leg l
          where l.refunded_amount > l.captured_amount`,
  },
  {
    promise: 'P2.5',
    sentence: 'What a payment says was refunded is not what its refunds and its legs say.',
    sql: `select p.merchant_id || ' payment ' || p.id as example from payment p
          where p.refunded_amount <> (
              select coalesce(sum(l.amount), 0) from refund r
              join refund_leg l on l.merchant_id = r.merchant_id and l.refund_id = r.id
              where r.merchant_id = p.merchant_id and r.payment_id = p.id
                and (r.state in ('refunding', 'queued') or l.state <> 'refused'))
            and not exists (select from refund r where r.merchant_id = p.merchant_id and r.payment_id = p.id
              and r.state in ('refunding', 'queued'))
          union all
          select p.merchant_id || ' payment ' || p.id || ' legs' from payment p
          where not exists (select from refund r where r.merchant_id = p.merchant_id and r.payment_id = p.id
              and r.state in ('refunding', 'queued'))
            and p.refunded_amount <> (select coalesce(sum(l.refunded_amount), 0) from leg l
              where l.merchant_id = p.merchant_id and l.payment_id = p.id)`,
  },
  ...balanceChecks,
  ...deferredChecks,
  ...debitChecks,
  ...giroChecks,
  ...linkChecks,
  ...subscriptionChecks,
  ...disputeChecks,
  ...phoneChecks,
  ...accountChecks,
  ...eCashChecks,
  ...settlementChecks,
  ...receivableChecks,
  ...returnChecks,
  ...auditChecks,
]

const MOST_EXAMPLES = 5

/** For each sort and each hash table of a question: what does not fit goes to the disk of the database. */
const WORK_MEMORY = '64MB'

/** Hears of each question before it is asked and when it is answered: over a large database some take minutes. */
export interface Listener {
  asked(check: Check, place: number): void
  /** @param found how many faults, counted to a few and no further */
  answered(check: Check, found: number, milliseconds: number): void
}

const nobody: Listener = { asked: () => undefined, answered: () => undefined }

/**
 * Asks every question in one snapshot of a live database; an empty list means that every invariant holds. The database does
 * the work, in memory that does not grow with the books; this process holds nothing but the faults it shows.
 */
export async function verifyBooks(pool: pg.Pool, listener: Listener = nobody): Promise<Fault[]> {
  const client = await pool.connect()
  try {
    await client.query(
      `begin isolation level repeatable read read only; set local statement_timeout = 0; set local work_mem = '${WORK_MEMORY}'`,
    )
    const faults: Fault[] = []
    for (const [index, check] of checks.entries()) {
      listener.asked(check, index + 1)
      const started = performance.now()
      const { rows } = await client.query<{ example: string }>(askedOf(check))
      listener.answered(check, rows.length, performance.now() - started)
      faults.push(...rows.map(({ example }) => ({ promise: check.promise, sentence: check.sentence, example })))
    }
    await client.query('commit')
    return faults
  } finally {
    client.release()
  }
}

/**
 * A bare limit would have the question planned for its first few answers, of which there are none in sound books: it would
 * look up a million rows one by one. Materialized, it is planned to be read to its end, and still ends at the limit.
 */
function askedOf({ sql }: Check): string {
  return `with found as materialized (${sql}) select example from found limit ${MOST_EXAMPLES}`
}
