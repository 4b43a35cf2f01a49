import type { Check } from './check'

/** Every link with what stands before it, and the line it binds, if that is still there. */
const LINKS = `
  select l.*, lag(l.hash) over chain as before, lag(l.position) over chain as place_before, e.id as line,
    audit_row_hash(e) as row_hash_now
  from audit_link l left join audit_event e on e.tenant_id = l.tenant_id and e.id = l.event_id
  window chain as (partition by l.tenant_id order by l.position)`

/** What must hold of the audit trail: no line was changed, removed, moved or slipped in after it was noted (P9.3). */
export const auditChecks: readonly Check[] = [
  {
    promise: 'P9.3',
    sentence: 'A line of the audit trail was changed after it was noted.',
    sql: `select tenant_id || ' audit line ' || event_id as example from (${LINKS}) l
          where line is not null and row_hash_now <> row_hash
          union all
          select w.tenant_id || ' audit line ' || w.event_id from audit_waiting w
          join audit_event e on e.tenant_id = w.tenant_id and e.id = w.event_id where audit_row_hash(e) <> w.row_hash`,
  },
  {
    promise: 'P9.3',
    sentence: 'A line of the audit trail was deleted.',
    sql: `select tenant_id || ' audit line ' || event_id as example from (${LINKS}) l where line is null
          union all
          select w.tenant_id || ' audit line ' || w.event_id from audit_waiting w
          where not exists (select from audit_event e where e.tenant_id = w.tenant_id and e.id = w.event_id)`,
  },
  {
    promise: 'P9.3',
    sentence: 'A line of the audit trail has neither a place in the chain nor waits for one.',
    sql: `select e.tenant_id || ' audit line ' || e.id as example from audit_event e
          where not exists (select from audit_link l where l.event_id = e.id and l.tenant_id = e.tenant_id)
            and not exists (select from audit_waiting w where w.tenant_id = e.tenant_id and w.event_id = e.id)`,
  },
  {
    promise: 'P9.3',
    sentence: 'The chain of the audit trail is broken: links were moved, removed or rewritten.',
    sql: `select tenant_id || ' audit line ' || event_id || ' at ' || position as example from (${LINKS}) l
          where position <> coalesce(place_before, 0) + 1
            or hash <> audit_link_hash(before, tenant_id, position, event_id, row_hash)`,
  },
  {
    promise: 'P9.3',
    sentence: 'The chain of the audit trail does not reach, or does not agree with, a head that was signed.',
    sql: `select h.tenant_id || ' head at ' || h.position as example from audit_head h
          left join audit_link l on l.tenant_id = h.tenant_id and l.position = h.position
          where l.hash is distinct from h.hash`,
  },
]
