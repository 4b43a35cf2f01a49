import pg from 'pg'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase } from '../../test/database'
import { type SetClock, setClock } from '../auth/auth.fixtures'
import { type Database, openDatabase } from '../db/database'
import { uuidAt } from '../ids'
import { verifyBooks } from '../ledger/verify'
import { GATEWAY, keyPair } from '../merchants/merchants.fixtures'
import { createSigning } from '../merchants/signing'
import { type Audit, audited, createAudit } from './audit'
import { type AuditChain, createAuditChain } from './audit-chain'
import { verifyHeads } from './verify-heads'

interface Trail {
  readonly database: Database
  /** What a hand with the owner's rights can do. */
  readonly owner: pg.Pool
  readonly clock: SetClock
  readonly audit: Audit
  readonly chain: AuditChain
  readonly logged: Readonly<Record<string, unknown>>[]
  close(): Promise<void>
}

const SHOP = uuidAt(new Date(0))
const OTHER = uuidAt(new Date(1))
const signing = createSigning({ SIGNING_KEYS: [keyPair('moa-2026').secret], WEB_URL: GATEWAY }, { chainOf: () => [] })
const opened: Trail[] = []
let trail: Trail

async function openTrail(): Promise<Trail> {
  const { url, drop } = await freshDatabase()
  const database = await openDatabase(url, { connections: 4, allowVolatile: true })
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  const clock = setClock()
  const logged: Readonly<Record<string, unknown>>[] = []
  return {
    ...{ database, owner, clock, logged },
    audit: createAudit({ database, clock }),
    chain: createAuditChain({ database, clock, signing, note: (_event, detail) => logged.push(detail) }),
    async close() {
      await database.close()
      await owner.end()
      await drop()
    },
  }
}

beforeEach(async () => {
  trail = await openTrail()
  opened.push(trail)
})
afterAll(() => Promise.all(opened.map((each) => each.close())))

const actor = { kind: 'person', id: SHOP, name: '김상담', role: 'counselor' } as const

async function note(count: number, tenantId = SHOP) {
  for (let number = 1; number <= count; number++) {
    trail.clock.advance(1000)
    await trail.audit.note({ tenantId, actor, action: 'payment.cancel', object: `pay_${number}`, outcome: 'done' })
  }
}

const lines = async () => (await trail.audit.list(SHOP, { limit: 100 })).map(({ id }) => id).toReversed()

/** Does something to the trail that its triggers forbid even the owner, who can switch them off. */
async function tamper(sql: string, values: unknown[] = []) {
  for (const table of ['audit_event', 'audit_link', 'audit_head'])
    await trail.owner.query(`alter table ${table} disable trigger all`)
  await trail.owner.query(sql, values)
  for (const table of ['audit_event', 'audit_link', 'audit_head'])
    await trail.owner.query(`alter table ${table} enable trigger all`)
}

const faults = async () => (await verifyBooks(trail.owner)).map(({ sentence, example }) => `${sentence} ${example}`)

test('every line gets its place in the chain of its own merchant, once, whoever gives it (P9.3)', async () => {
  await note(3)
  await note(2, OTHER)
  const given = await Promise.all([trail.chain.extend(4), trail.chain.extend(4), trail.chain.extend(4)])
  expect(given.reduce((total, each) => total + each, 0)).toBe(5)
  const { rows } = await trail.owner.query<{ places: string }>(
    "select string_agg(position::text, ',' order by position) as places from audit_link group by tenant_id order by tenant_id",
  )
  expect(rows.map(({ places }) => places)).toEqual(['1,2,3', '1,2'])
  expect(await faults()).toEqual([])
})

test.each<[string, string, string]>([
  ['changed', "update audit_event set outcome = 'refused' where id = $1", 'was changed'],
  ['deleted', 'delete from audit_event where id = $1', 'was deleted'],
  [
    'exchanged with the one after it',
    `update audit_link set event_id = case when event_id = $1 then $2::uuid else $1 end where event_id in ($1, $2)`,
    'was changed',
  ],
])('npm run verify names a line that was %s in SQL (P9.3)', async (_how, sql, sentence) => {
  await note(4)
  await trail.chain.extend(10)
  const [, second, third] = await lines()
  if (sql.includes('$2')) await trail.owner.query('drop index audit_link_event_id_tenant_id_key')
  await tamper(sql, sql.includes('$2') ? [second, third] : [second])
  const found = await faults()
  expect(found.filter((each) => each.includes(sentence)).join()).toContain(second)
})

test('verify names what was moved even when a line and its hash were moved together (P9.3)', async () => {
  await note(4)
  await trail.chain.extend(10)
  const [, second, third] = await lines()
  await trail.owner.query('drop index audit_link_event_id_tenant_id_key')
  await tamper(
    `update audit_link l set event_id = o.event_id, row_hash = o.row_hash from audit_link o
     where l.event_id in ($1, $2) and o.event_id in ($1, $2) and o.event_id <> l.event_id`,
    [second, third],
  )
  const found = (await faults()).filter((each) => each.includes('chain of the audit trail is broken')).join()
  expect(found).toContain(second)
  expect(found).toContain(third)
})

test('verify finds a line that was slipped in without its place, and one taken off the waiting list (P9.3)', async () => {
  await note(1)
  const [waiting] = await lines()
  await trail.owner.query('delete from audit_waiting')
  expect((await faults()).join()).toContain(
    `neither a place in the chain nor waits for one. ${SHOP} audit line ${waiting}`,
  )
})

test('a line that is changed before it has its place is found all the same (P9.3)', async () => {
  await note(1)
  await tamper("update audit_event set object = 'pay_9'")
  expect((await faults()).join()).toContain('was changed')
  await trail.chain.extend(10)
  expect((await faults()).join()).toContain('was changed')
})

test('the end of the chain is signed, logged, and missed when it is cut off (P9.3)', async () => {
  await note(3)
  await trail.chain.extend(10)
  expect(await trail.chain.signHeads(10)).toBe(1)
  expect(trail.logged).toEqual([expect.objectContaining({ tenantId: SHOP, position: '3' })])
  expect(await verifyHeads(trail.owner, signing.jwks.keys)).toEqual([])
  const last = (await lines()).at(-1)
  await tamper('delete from audit_event where id = $1', [last])
  await tamper('delete from audit_link where event_id = $1', [last])
  expect(await faults()).toEqual([
    `The chain of the audit trail does not reach, or does not agree with, a head that was signed. ${SHOP} head at 3`,
  ])
})

test('a chain that was written anew from its beginning has no signature of the gateway (P9.3)', async () => {
  await note(3)
  await trail.chain.extend(10)
  await trail.chain.signHeads(10)
  const forger = createSigning({ SIGNING_KEYS: [keyPair('moa-2026').secret], WEB_URL: GATEWAY }, { chainOf: () => [] })
  await tamper('delete from audit_head')
  await tamper('delete from audit_link')
  await tamper("update audit_event set outcome = 'refused' where object = 'pay_2'")
  await trail.owner.query(
    'insert into audit_waiting (tenant_id, event_id, row_hash) select tenant_id, id, audit_row_hash(e) from audit_event e',
  )
  const { database, clock } = trail
  const forged = createAuditChain({ database, clock, signing: forger, note: () => undefined })
  await forged.extend(10)
  await forged.signHeads(10)
  expect(await faults()).toEqual([])
  expect(await verifyHeads(trail.owner, signing.jwks.keys)).toEqual([
    expect.objectContaining({ promise: 'P9.3', example: `${SHOP} head at 3` }),
  ])
})

test('where somebody came from is bound as well, beside lines that do not say it (P9.3)', async () => {
  await note(1)
  const line = { tenantId: SHOP, action: 'payment.cancel', object: 'pay_2', outcome: 'done' }
  await trail.audit.note({ ...line, actor: { ...actor, from: '203.0.113.7' } })
  await trail.chain.extend(10)
  expect(await faults()).toEqual([])
  expect((await trail.audit.list(SHOP, { limit: 2 })).map((each) => each.actor.from)).toEqual([
    '203.0.113.7',
    undefined,
  ])
  await tamper(`update audit_event set actor = actor || '{"from":"203.0.113.8"}' where object = 'pay_2'`)
  expect((await faults()).join()).toContain('was changed')
})

test('whoever dies in the middle of a deed leaves the line that it began (P9.3)', async () => {
  const line = { tenantId: SHOP, actor, action: 'payment.cancel', object: 'pay_1' }
  const outcomes = async () => (await trail.audit.list(SHOP, { limit: 9 })).map(({ outcome }) => outcome)
  const dies = () => Promise.reject(new Error('killed'))
  await expect(audited(trail.audit, line, dies, String)).rejects.toThrow('killed')
  expect(await outcomes()).toEqual(['begun'])
  expect(await audited(trail.audit, line, () => Promise.resolve('voided'), String)).toBe('voided')
  expect(await outcomes()).toEqual(['voided', 'begun', 'begun'])
  expect(await trail.audit.list(SHOP, { outcome: 'voided', limit: 9 })).toHaveLength(1)
})

test('the links of the chain are never changed or deleted by the application (P9.3)', async () => {
  await note(1)
  await trail.chain.extend(10)
  for (const table of ['audit_link', 'audit_head']) {
    await expect(trail.database.pool.query(`delete from ${table}`)).rejects.toThrow('permission denied')
    await expect(trail.database.pool.query(`update ${table} set position = 2`)).rejects.toThrow('permission denied')
  }
  await expect(trail.owner.query('delete from audit_link')).rejects.toThrow('append-only')
})
