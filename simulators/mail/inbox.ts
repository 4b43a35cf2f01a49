/** Every mail the outside world has taken, newest first, up to a bound. */
import path from 'node:path'
import { z } from 'zod'
import { Journal } from '../journal'

const mail = z.object({
  id: z.string(),
  /** RFC 3339 */
  at: z.string(),
  from: z.string(),
  /** The addresses it was delivered to, in lower case. */
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
})
export type Mail = z.infer<typeof mail>

export interface MailFilter {
  readonly to?: string | undefined
  /** Only mails that came after the one with this id. */
  readonly after?: string | undefined
}

/** Enough for a demonstration and for any test; older mails make room. */
const MAILS_KEPT = 500

export class Inbox {
  private mails: Mail[] = []
  private nextId = 1
  private readonly arrivals = new Set<() => void>()
  private readonly journal: Journal | undefined

  /**
   * @param folder where mails are kept; undefined keeps them in memory only
   * @param changed called on every change
   */
  constructor(
    folder: string | undefined,
    private readonly changed: () => void,
  ) {
    if (folder === undefined) return
    const { journal, lines } = Journal.open(path.join(folder, 'mail.journal'))
    this.journal = journal
    this.mails = lines
      .slice(-MAILS_KEPT)
      .map((line) => mail.parse(JSON.parse(line)))
      .reverse()
    this.nextId = Number(this.mails[0]?.id ?? 0) + 1
  }

  /** Resolves when the mail is kept: only then may its sender be told so. */
  async add(received: Omit<Mail, 'id' | 'at'>): Promise<void> {
    const made = { ...received, id: String(this.nextId++), at: new Date().toISOString() }
    this.journal?.append(JSON.stringify(made))
    await new Promise<void>((resolve) => (this.journal ? this.journal.whenWritten(resolve) : resolve()))
    this.mails.unshift(made)
    this.mails.length = Math.min(this.mails.length, MAILS_KEPT)
    for (const arrived of this.arrivals) arrived()
    this.changed()
  }

  list({ to, after }: MailFilter = {}): Mail[] {
    return this.mails.filter(
      (each) =>
        (to === undefined || each.to.includes(to.toLowerCase())) &&
        (after === undefined || Number(each.id) > Number(after)),
    )
  }

  find(id: string): Mail | undefined {
    return this.mails.find((each) => each.id === id)
  }

  /** The matching mails as soon as there are any, or none when the time is up or the asker has gone. */
  waitFor(filter: MailFilter, { ms, signal }: { ms: number; signal: AbortSignal }): Promise<Mail[]> {
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
    this.mails = []
    this.changed()
  }

  async close(): Promise<void> {
    await this.journal?.close()
  }
}
