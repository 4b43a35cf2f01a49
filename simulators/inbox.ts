/** What the outside world has taken for people, newest first, up to a bound. */
import path from 'node:path'
import type { z } from 'zod'
import { Journal } from './journal'

interface Item {
  readonly id: string
  /** RFC 3339 */
  readonly at: string
}

export interface InboxFilter {
  readonly to?: string | undefined
  /** Only what came after the one with this id. */
  readonly after?: string | undefined
}

/** Enough for a demonstration and for any test; older ones make room. */
const KEPT = 500

export class Inbox<Received extends Item> {
  private items: Received[] = []
  private nextId = 1
  private readonly arrivals = new Set<() => void>()
  private readonly journal: Journal | undefined

  /**
   * @param folder where what came is kept; undefined keeps it in memory only
   * @param changed called on every change
   */
  constructor(
    private readonly kind: {
      /** Name of the journal. */
      readonly name: string
      readonly schema: z.ZodType<Received>
      readonly isFor: (received: Received, to: string) => boolean
    },
    folder: string | undefined,
    private readonly changed: () => void,
  ) {
    if (folder === undefined) return
    const { journal, lines } = Journal.open(path.join(folder, `${kind.name}.journal`))
    this.journal = journal
    this.items = lines
      .slice(-KEPT)
      .map((line) => kind.schema.parse(JSON.parse(line)))
      .reverse()
    this.nextId = Number(this.items[0]?.id ?? 0) + 1
  }

  /** Resolves when it is kept: only then may its sender be told so. */
  async add(received: Omit<Received, 'id' | 'at'>): Promise<void> {
    const made = this.kind.schema.parse({ ...received, id: String(this.nextId++), at: new Date().toISOString() })
    this.journal?.append(JSON.stringify(made))
    await new Promise<void>((resolve) => (this.journal ? this.journal.whenWritten(resolve) : resolve()))
    this.items.unshift(made)
    this.items.length = Math.min(this.items.length, KEPT)
    for (const arrived of this.arrivals) arrived()
    this.changed()
  }

  list({ to, after }: InboxFilter = {}): Received[] {
    return this.items.filter(
      (each) =>
        (to === undefined || this.kind.isFor(each, to)) && (after === undefined || Number(each.id) > Number(after)),
    )
  }

  find(id: string): Received | undefined {
    return this.items.find((each) => each.id === id)
  }

  /** What matches as soon as there is any, or none when the time is up or the asker has gone. */
  waitFor(filter: InboxFilter, { ms, signal }: { ms: number; signal: AbortSignal }): Promise<Received[]> {
    const there = this.list(filter)
    if (there.length > 0 || ms === 0) return Promise.resolve(there)
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.arrivals.delete(look)
        resolve(this.list(filter))
      }
      const look = () => {
        if (this.list(filter).length > 0) done()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
      this.arrivals.add(look)
    })
  }

  async reset(): Promise<void> {
    await this.journal?.clear()
    this.items = []
    this.changed()
  }

  async close(): Promise<void> {
    await this.journal?.close()
  }
}
