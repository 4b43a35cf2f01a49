import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../test/database'
import { type Uuid, uuidAt } from '../ids'
import { checks, verifyBooks } from './verify'

let database: Awaited<ReturnType<typeof freshDatabase>>
let pool: pg.Pool

beforeAll(async () => {
  database = await freshDatabase()
  // A hand with the owner's rights: no trigger and no foreign key stands in its way.
  pool = new pg.Pool({ connectionString: database.url, max: 2, options: '-c session_replication_role=replica' })
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

const SHOP = uuidAt(new Date(0))

async function faultsOf(sentence: string): Promise<string[]> {
  const faults = await verifyBooks(pool)
  return faults.filter((fault) => fault.sentence === sentence).map(({ example }) => example)
}

test('verify names a V-Card that paid for another payment than the one it was spent on (P2.4)', async () => {
  const [shopper, right, wrong] = [uuidAt(new Date(1)), uuidAt(new Date(2)), uuidAt(new Date(3))]
  const [payment, another] = [uuidAt(new Date(4)), uuidAt(new Date(5))]
  await pool.query(
    `insert into vcard (shopper_id, id, sealed_number, key_id, last_four, merchant_id, amount, currency, expires_at, state,
       may_retry, created_at, payment_id)
     select $1, v.id, '', 'k', '0000', $2, 1000, 'KRW', now(), 'spent', false, now(), v.payment_id
     from (values ($3::uuid, $5::uuid), ($4, $6)) v (id, payment_id)`,
    [shopper, SHOP, right, wrong, payment, payment],
  )
  await pool.query(
    `insert into leg (merchant_id, payment_id, attempt, leg, module, means, amount, state, authorize_reference)
     select $1, l.payment_id, 1, l.leg, 'vcard', jsonb_build_object('vcardId', l.card), 1000, 'captured', 'r' || l.leg
     from (values ($2::uuid, 1, $4::uuid), ($3, 2, $5)) l (payment_id, leg, card)`,
    [SHOP, payment, another, right, wrong],
  )
  expect(await faultsOf('A V-Card was spent on more than one payment, or on none.')).toEqual([
    `${shopper} vcard ${wrong}`,
  ])
})

test('verify names what a voucher is said to have filled when no voucher did, or two did (P2.4)', async () => {
  const [account, batch] = [uuidAt(new Date(6)), uuidAt(new Date(7))]
  const [once, never, twice] = [uuidAt(new Date(8)), uuidAt(new Date(9)), uuidAt(new Date(10))]
  await pool.query(
    `insert into account_movement (account_id, id, number, kind, amount, balance_after, merchant_id, requester, reference,
       description, shop, at)
     select $1, m.id, m.number, 'voucher', 5000, 0, $2, 'moa', 'r' || m.number, '', '', now()
     from unnest($3::uuid[]) with ordinality m (id, number)`,
    [account, SHOP, [once, never, twice]],
  )
  await pool.query(
    `insert into voucher_batch (id, amount, currency, count, expires_at, created_by, created_at)
     values ($1, 5000, 'KRW', 3, now(), '{}', now())`,
    [batch],
  )
  await pool.query(
    `insert into voucher (batch_id, number, fingerprint, redeemed_at, account_id, movement_id)
     select $1, v.number, convert_to('f' || v.number, 'UTF8'), now(), $2, v.movement_id
     from unnest($3::uuid[]) with ordinality v (movement_id, number)`,
    [batch, account, [once, twice, twice]],
  )
  const named = await faultsOf('A voucher filled an account with something else than its value, or twice.')
  expect(named.sort()).toEqual([`account ${account} ${never}`, `account ${account} ${twice}`])
})

test('verify names the limit that a line went beyond: its own, its telco’s or its shop’s (P2.5)', async () => {
  const [line, quiet] = [uuidAt(new Date(11)), uuidAt(new Date(12))]
  await pool.query(
    `insert into phone_line (id, fingerprint, kind, sealed_number, key_id, masked, system, created_at)
     select l.id, convert_to(l.id::text, 'UTF8'), 'line', '', 'k', '', 'north', now() from unnest($1::uuid[]) l (id)`,
    [[line, quiet]],
  )
  await pool.query(
    `insert into phone_limit (scope, key, currency, per_month, changed_at, changed_by)
     values ('telco', 'north', 'KRW', 9000, 'epoch', '{}'),
       ('telco', 'south', 'KRW', 1, 'epoch', '{}'), ('merchant', $1, 'KRW', 8000, 'epoch', '{}'),
       ('line', $2, 'KRW', 7000, 'epoch', '{}'), ('line', $2, 'USD', 1, 'epoch', '{}')`,
    [SHOP, line],
  )
  const charge = (of: string, leg: number, amount: number) =>
    pool.query(
      `insert into phone_charge (merchant_id, payment_id, attempt, leg, line_id, system, centre, subscriber_ref, amount,
         currency, description, purchased_at, local_day, local_month, state, changed_at)
       values ($1, $1, 1, $3, $2, 'north', 'c', 's', $4, 'KRW', '', now(), '2026-05-05', '2026-05-01', 'approved', now())`,
      [SHOP, of, leg, amount],
    )
  await charge(line, 1, 5_000)
  await charge(line, 2, 3_500)
  await charge(quiet, 3, 8_000)
  const named = await faultsOf('A line was charged beyond a limit that was in force all the time.')
  expect(named.sort()).toEqual([`line ${line} line 2026-05-01`, `line ${line} merchant 2026-05-01`])
})

/** A payment as a hand would write it, and what the books say of an account for it; amounts are minor units. */
async function written(
  id: Uuid,
  state: string,
  { captured = 0, booked }: { captured?: number; booked?: [string, number] },
) {
  await pool.query(
    `insert into payment (merchant_id, id, order_ref, order_name, amount, currency, state, standing, capture_mode, channel,
       created_at, expires_at, captured_amount)
     values ($1, $2, $2::uuid::text, '', 5000, 'KRW', $3, 'unpaid', 'automatic', 'hosted', now(), now(), $4)`,
    [SHOP, id, state, captured],
  )
  if (!booked) return
  await pool.query(
    `insert into posting (merchant_id, id, payment_id, kind, at) values ($1, $2, $2, 'capture', now())`,
    [SHOP, id],
  )
  await pool.query(
    `insert into entry (merchant_id, posting_id, line, account, currency, amount)
     values ($1, $2, 0, 'receivable:hanbit', 'KRW', $4::bigint), ($1, $2, 1, $3, 'KRW', -$4::bigint)`,
    [SHOP, id, ...booked],
  )
}

const OWED = 'payable:merchant'
const TAKEN = 'taken:order'

test('verify names payments whose books say something else than what was captured less what went back (P2.3)', async () => {
  const [sound, missing, refunded, kept] = [13, 14, 15, 16].map((at) => uuidAt(new Date(at)))
  await written(sound!, 'paid', { captured: 5_000, booked: [OWED, 5_000] })
  await written(missing!, 'paid', { captured: 5_000 })
  await written(refunded!, 'paid', { captured: 5_000, booked: [OWED, 3_000] })
  await written(kept!, 'declined', { booked: [OWED, 1_000] })
  await pool.query(
    `insert into refund (merchant_id, id, payment_id, kind, amount, state, strategy, reason, requested_by, created_at)
     values ($1, $2, $2, 'refund', 2000, 'refunded', 'ratio', '', '{}', now())`,
    [SHOP, refunded],
  )
  await pool.query(
    `insert into refund_leg (merchant_id, refund_id, attempt, leg, amount, state, reference)
     values ($1, $2, 1, 1, 1500, 'refunded', 'a'), ($1, $2, 1, 2, 500, 'refunded', 'b'), ($1, $2, 1, 3, 9, 'refused', 'c')`,
    [SHOP, refunded],
  )
  const named = await faultsOf('The books do not show what a paid payment captured, or gave back.')
  expect(named.sort()).toEqual([`${SHOP} payment ${missing}`, `${SHOP} payment ${kept}`])
})

test('verify names orders of which something is taken while the books say otherwise, and what still stands there after (P2.3)', async () => {
  const [sound, untold, left] = [17, 18, 19].map((at) => uuidAt(new Date(at)))
  await written(sound!, 'awaiting', { booked: [TAKEN, 3_000] })
  await written(untold!, 'awaiting', {})
  await written(left!, 'cancelled', { booked: [TAKEN, 3_000] })
  await pool.query(
    `insert into leg (merchant_id, payment_id, attempt, leg, module, means, amount, captured_amount, state, authorize_reference)
     select $1, l.id, 1, 1, 'card', '{}', 3000, 3000, 'captured', 'x' || l.place
     from unnest($2::uuid[]) with ordinality l (id, place)`,
    [SHOP, [sound, untold]],
  )
  const named = await faultsOf(
    'What was taken for an order is not what stands in the books while its rest is awaited, or still stands there after.',
  )
  expect(named.sort()).toEqual([`${SHOP} payment ${untold}`, `${SHOP} payment ${left}`])
})

test('verify says each of its questions before it asks it, and when it has the answer', async () => {
  const heard: string[] = []
  await verifyBooks(pool, {
    asked: ({ sentence }, place) => heard.push(`${place} ${sentence}`),
    answered: ({ sentence }) => heard.push(`answered: ${sentence}`),
  })
  expect(heard).toEqual(checks.flatMap(({ sentence }, index) => [`${index + 1} ${sentence}`, `answered: ${sentence}`]))
})
