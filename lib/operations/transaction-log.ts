import { withoutCardNumbers } from '../cards/mask-card-number'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { LinkMessage } from '../gateways/link-observer'
import { type Uuid, uuidAt } from '../ids'
import { insertMessages, type MessageRow } from './message-store'

/** Takes down every message that crosses a link, in memory first and in the database a moment later. */
export interface TransactionLog {
  /** Costs the caller a few microseconds, never waits and never throws. */
  add(message: LinkMessage): void
  /** Messages that are not in the database yet. */
  waiting(): number
  /** Messages since the start that were not kept: more came than could be written, or the database refused them. */
  lost(): number
  /** Writes what waits. */
  flush(): Promise<void>
}

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  /** web | api | worker */
  readonly processName: string
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** A message is in the database at most about this long after it crossed the link. */
const PAUSE_MS = 250
/** One call of this many rows takes some ten milliseconds. */
const BATCH = 1_000
/** A database that is away for a while fills this much memory (some tens of megabytes) and no more. */
const MOST_WAITING = 20_000
/** Longer than any message of a link; a webhook's body may be longer. */
const LONGEST_BODY = 4_000

interface Waiting {
  readonly message: LinkMessage
  readonly at: Date
  readonly id: Uuid
}

export function createTransactionLog({ database, clock, processName, report }: Parts): TransactionLog {
  let waiting: Waiting[] = []
  let lost = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  const nextId = createOrderedIds()

  function plan(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void flush()
    }, PAUSE_MS).unref()
  }

  function lose(count: number, why: string): void {
    if (count === 0) return
    lost += count
    report('transaction-log-lost', { count, why })
  }

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const taken = waiting.slice(0, BATCH)
      try {
        await insertMessages(database.pool, taken.map(rowOf))
        waiting = waiting.slice(taken.length)
      } catch (error) {
        // Away: it is tried again with the next flush. What the database will never take must not block the rest.
        if (!isData(error)) return plan()
        waiting = waiting.slice(taken.length)
        lose(taken.length, 'refused')
      }
    }
  }

  function flush(): Promise<void> {
    writing ??= write().finally(() => (writing = undefined))
    return writing
  }

  function rowOf({ message, at, id }: Waiting): MessageRow {
    return {
      at: at.toISOString(),
      id,
      process: processName,
      link: message.link,
      system: plain(message.system),
      direction: message.direction,
      operation: message.operation,
      correlation: message.correlation,
      payment_id: message.paymentId,
      result: message.result && plain(message.result),
      duration_ms: message.durationMs,
      body: bodyOf(message),
    }
  }

  return {
    add(message) {
      if (waiting.length >= MOST_WAITING) {
        // Said once for each time it fills up, not for each message.
        if (waiting.length === MOST_WAITING && lost === 0) report('transaction-log-full', { most: MOST_WAITING })
        lost += 1
        return
      }
      const at = clock.now()
      waiting.push({ message, at, id: nextId(at) })
      if (waiting.length >= BATCH) void flush()
      else plan()
    },
    waiting: () => waiting.length,
    lost: () => lost,
    async flush() {
      clearTimeout(timer)
      timer = undefined
      await flush()
      if (waiting.length > 0) await flush()
    },
  }
}

/** Identifiers that are ordered as they were asked for, also within a millisecond: the answer stands after its request. */
function createOrderedIds(): (at: Date) => Uuid {
  let millisecond = 0
  let count = 0
  return (at) => {
    const now = at.getTime()
    count = now === millisecond ? (count + 1) & 0xfff : 0
    millisecond = now
    const id = uuidAt(at)
    return id.slice(0, 15) + count.toString(16).padStart(3, '0') + id.slice(18)
  }
}

function bodyOf({ body }: LinkMessage): string | undefined {
  if (!body) return undefined
  try {
    return plain(withoutCardNumbers(body().slice(0, LONGEST_BODY)))
  } catch {
    return '(unreadable)'
  }
}

// Halves of characters and NUL: the database takes neither in a text.
const UNWRITABLE = /[\0\ud800-\udfff]/

function plain(text: string): string {
  return UNWRITABLE.test(text) ? Buffer.from(text).toString().replaceAll('\0', '\ufffd') : text
}

/** Whether the database has looked at the rows and refused them (SQLSTATE classes 22 and 23). */
function isData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code))
}
