/** Takes down what happens, in memory first and in the database a moment later, so that nobody waits for a log. */
export interface WriteBehind<Item> {
  /** Costs the caller a microsecond, never waits and never throws. */
  add(item: Item): void
  /** What is not in the database yet. */
  waiting(): number
  /** Since the start: what was not kept, because more came than could be written, or because the database refused it. */
  lost(): number
  /** Writes what waits. */
  flush(): Promise<void>
}

interface Parts<Item> {
  /** Stands before what is reported: `transaction-log` reports `transaction-log-full` and `transaction-log-lost`. */
  readonly name: string
  write(items: readonly Item[]): Promise<void>
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** An item is in the database at most about this long after it was added. */
const PAUSE_MS = 250
/** One call of this many rows takes some ten milliseconds. */
const BATCH = 1_000
/** A database that is away for a while fills this much memory (some tens of megabytes) and no more. */
const MOST_WAITING = 20_000

export function createWriteBehind<Item>({ name, write, report }: Parts<Item>): WriteBehind<Item> {
  let waiting: Item[] = []
  let lost = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined

  function plan(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void writeOnce()
    }, PAUSE_MS).unref()
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const taken = waiting.slice(0, BATCH)
      try {
        await write(taken)
        waiting = waiting.slice(taken.length)
      } catch (error) {
        // Away: it is tried again with the next flush. What the database will never take must not block the rest.
        if (!isData(error)) return plan()
        waiting = waiting.slice(taken.length)
        lost += taken.length
        report(`${name}-lost`, { count: taken.length, why: 'refused' })
      }
    }
  }

  function writeOnce(): Promise<void> {
    writing ??= writeAll().finally(() => (writing = undefined))
    return writing
  }

  return {
    add(item) {
      if (waiting.length >= MOST_WAITING) {
        // Said once for each time it fills up, not for each item.
        if (waiting.length === MOST_WAITING && lost === 0) report(`${name}-full`, { most: MOST_WAITING })
        lost += 1
        return
      }
      waiting.push(item)
      if (waiting.length >= BATCH) void writeOnce()
      else plan()
    },
    waiting: () => waiting.length,
    lost: () => lost,
    async flush() {
      clearTimeout(timer)
      timer = undefined
      await writeOnce()
      if (waiting.length > 0) await writeOnce()
    },
  }
}

/** Whether the database has looked at the rows and refused them (SQLSTATE classes 22 and 23). */
function isData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code))
}

// Halves of characters and NUL: the database takes neither in a text.
const UNWRITABLE = /[\0\ud800-\udfff]/

/** A text as the database takes it. */
export function writable(text: string): string {
  return UNWRITABLE.test(text) ? Buffer.from(text).toString().replaceAll('\0', '\ufffd') : text
}
