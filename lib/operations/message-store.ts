import type pg from 'pg'
import type { Uuid } from '../ids'
import type { LinkName } from '../gateways/link-observer'

/** A message as it is written down, by the names of the table. */
export interface MessageRow {
  readonly at: string
  readonly id: Uuid
  readonly process: string
  readonly link: LinkName
  readonly system: string
  readonly direction: 'out' | 'in'
  readonly operation: string
  readonly correlation: string | undefined
  readonly payment_id: Uuid | undefined
  readonly result: string | undefined
  readonly duration_ms: number | undefined
  readonly body: string | undefined
}

/** A message that crossed a link, as people read it. */
export interface LoggedMessage {
  readonly at: Date
  readonly id: Uuid
  readonly process: string
  readonly link: LinkName
  readonly system: string
  readonly direction: 'out' | 'in'
  readonly operation: string
  readonly correlation: string | null
  readonly paymentId: Uuid | null
  readonly result: string | null
  readonly durationMs: number | null
  readonly body: string | null
}

/** Where a page of the log ends. */
export interface MessagePlace {
  readonly at: Date
  readonly id: Uuid
}

/** What is looked for; every member narrows. */
export interface MessageWish {
  readonly from: Date
  readonly until: Date
  readonly link?: LinkName
  readonly system?: string
  readonly process?: string
  readonly direction?: 'out' | 'in'
  /** A result, or what it begins with: refused finds every refusal. */
  readonly result?: string
  /** Anywhere in the body, the operation or the reference. */
  readonly text?: string
  /** References and payments; any of them will do. */
  readonly names?: { readonly correlations: readonly string[]; readonly payments: readonly Uuid[] }
  readonly before?: MessagePlace
  /** Nothing at or below this place. */
  readonly notBelow?: MessagePlace
}

export async function insertMessages(pool: pg.Pool, rows: readonly MessageRow[]): Promise<void> {
  await pool.query({ name: 'log_link_messages', text: 'select log_link_messages($1)', values: [JSON.stringify(rows)] })
}

/** The newest first. */
export async function findMessages(pool: pg.Pool, wish: MessageWish, limit: number): Promise<LoggedMessage[]> {
  const { where, values } = conditions(wish)
  const { rows } = await pool.query<LoggedMessage>(
    `select at, id, process, link, system, direction, operation, correlation, payment_id as "paymentId", result,
       duration_ms as "durationMs", body
     from link_message where ${where} order by at desc, id desc limit ${limit}`,
    values,
  )
  return rows
}

/** The place of the message that comes so many after the beginning of a range; undefined when there are fewer. */
export async function placeAfter(
  pool: pg.Pool,
  { from, until, before }: Pick<MessageWish, 'from' | 'until' | 'before'>,
  count: number,
): Promise<MessagePlace | undefined> {
  const { where, values } = conditions({ from, until, ...(before && { before }) })
  const { rows } = await pool.query<MessagePlace>(
    `select at, id from link_message where ${where} order by at desc, id desc offset ${count} limit 1`,
    values,
  )
  return rows[0]
}

function conditions(wish: MessageWish): { where: string; values: unknown[] } {
  const values: unknown[] = []
  const value = (one: unknown) => `$${values.push(one)}`
  const { link, system, process, direction, result, text, names, before, notBelow } = wish
  const parts = [`at >= ${value(wish.from)}`, `at < ${value(wish.until)}`]
  for (const [column, wanted] of Object.entries({ link, system, process, direction })) {
    if (wanted !== undefined) parts.push(`${column} = ${value(wanted)}`)
  }
  if (result !== undefined) parts.push(`starts_with(result, ${value(result)})`)
  if (text !== undefined) {
    const pattern = value(`%${text.replace(/[\\%_]/g, '\\$&')}%`)
    parts.push(`(body ilike ${pattern} or operation ilike ${pattern} or correlation ilike ${pattern})`)
  }
  if (names) {
    parts.push(
      `(correlation = any(${value(names.correlations)}::text[]) or payment_id = any(${value(names.payments)}::uuid[]))`,
    )
  }
  if (before) parts.push(`(at, id) < (${value(before.at)}, ${value(before.id)})`)
  if (notBelow) parts.push(`(at, id) > (${value(notBelow.at)}, ${value(notBelow.id)})`)
  return { where: parts.join(' and '), values }
}

/**
 * Every reference that was used towards outside systems for one payment: its legs' and its refunds'. The payment is looked
 * for at every merchant, since a telco or an issuer that calls knows only the payment's id.
 */
export async function referencesOf(pool: pg.Pool, paymentId: Uuid): Promise<string[]> {
  const { rows } = await pool.query<{ reference: string }>(
    `select reference from merchant m cross join lateral (
       select unnest(array[l.authorize_reference, l.settle_reference]) as reference from leg l
         where l.merchant_id = m.id and l.payment_id = $1
       union all
       select w.reference from refund r join refund_leg w on w.merchant_id = r.merchant_id and w.refund_id = r.id
         where r.payment_id = $1 and r.merchant_id = m.id
     ) used where reference is not null`,
    [paymentId],
  )
  return rows.map(({ reference }) => reference)
}

/** Makes the partitions of the days up to `last`, drops those before `keepFrom`; how many partitions that were. */
export async function keepMessageDays(
  pool: pg.Pool,
  { first, last, keepFrom }: { first: Date; last: Date; keepFrom: Date },
): Promise<number> {
  const day = (at: Date) => at.toISOString().slice(0, 10)
  const { rows } = await pool.query<{ changed: number }>('select keep_link_message_days($1, $2, $3) as changed', [
    day(first),
    day(last),
    day(keepFrom),
  ])
  return rows[0]?.changed ?? 0
}
