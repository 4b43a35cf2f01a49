/** One customer management system: its subscribers, its book of requests, their journal and its switches. */
import { createHash } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { Journal } from '../journal'
import { Switches } from '../switches'
import type { TelcoProfile } from './catalogue'
import type { TelcoSwitch } from './deeds'
import { type LineChange, lineChange } from './line-change'
import type { Refusal, Reply, TelcoRequest } from './requests'
import { numberOf } from './requests'
import { Subscribers } from './subscribers'

/** A request as the book has it. PINs are in no book. */
const bookEntry = z.object({
  id: z.string(),
  /** RFC 3339, by this system's own clock. */
  at: z.string(),
  op: z.enum(['authenticate', 'status']),
  number: z.string(),
  tid: z.string().optional(),
  merchant: z.string().optional(),
  description: z.string().optional(),
  amount: z.string().optional(),
  reply: z.looseObject({ result: z.string() }),
})
export type BookEntry = z.infer<typeof bookEntry>

/** A line of the journal: a request with its answer and what it did to the PIN count, or a line changed by hand. */
const journalEntry = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('request'), print: z.string(), wrongPins: z.int().optional(), entry: bookEntry }),
  z.strictObject({ what: z.literal('line'), line: lineChange }),
])
type JournalEntry = z.infer<typeof journalEntry>

/** A request that broke the profile, for whoever is writing the other side. */
export interface Complaint {
  readonly at: string
  readonly fault: string
}

const COMPLAINTS_KEPT = 50

export class Telco {
  subscribers: Subscribers
  readonly switches: Switches<TelcoSwitch>
  readonly complaints: Complaint[] = []
  /** Oldest first. */
  readonly book: BookEntry[] = []
  private readonly answered = new Map<string, { readonly print: string; readonly reply: Reply }>()
  private readonly journal: Journal | undefined

  /**
   * @param folder where the journal lives; undefined keeps the book in memory only
   * @param changed called after every change worth showing
   */
  constructor(
    readonly profile: TelcoProfile,
    folder: string | undefined,
    readonly changed: () => void,
  ) {
    this.subscribers = new Subscribers(profile)
    this.switches = new Switches<TelcoSwitch>(changed)
    if (folder === undefined) return
    const { journal, lines } = Journal.open(path.join(folder, `telco-${profile.code}.journal`))
    this.journal = journal
    for (const line of lines) this.replay(journalEntry.parse(JSON.parse(line)))
  }

  /**
   * Works on a request, or answers it as it was answered before. The same id with another content is a FORMAT error.
   * @param forced a result to refuse it with, whatever the line's standing
   */
  handle(request: TelcoRequest, forced?: Refusal): Reply {
    const print = printOf(request)
    const earlier = this.answered.get(request.id)
    if (earlier) return earlier.print === print ? earlier.reply : { result: 'FORMAT' }
    const reply: Reply = forced ? { result: forced } : this.subscribers.answer(request)
    // Whoever is asked to come again later is worked on then as if for the first time.
    if (reply.result === 'TRY_LATER') return reply
    const entry = entryOf(request, reply)
    const wrongPins = 'pin' in request ? this.subscribers.find(numberOf(request))?.wrongPins : undefined
    this.keep(entry, print)
    this.record({ what: 'request', print, entry, ...(wrongPins !== undefined && { wrongPins }) })
    this.changed()
    return reply
  }

  /** The switch for a request, counted as used. */
  switchFor(on: 'authenticate' | 'status' | 'ping', line: string | undefined): TelcoSwitch['do'] | undefined {
    // A ping is no request of the line's: "any" leaves it alone, or every idle link would use the switch up.
    return this.switches.take(
      (each) =>
        (each.on === on || (each.on === 'any' && on !== 'ping')) && (each.line === undefined || each.line === line),
    )?.do
  }

  /** @throws RangeError when the number is not of this system */
  changeLine(change: LineChange): void {
    this.subscribers.change(change)
    this.record({ what: 'line', line: change })
    this.changed()
  }

  complain(fault: string): void {
    this.complaints.unshift({ at: new Date().toISOString(), fault })
    this.complaints.length = Math.min(this.complaints.length, COMPLAINTS_KEPT)
    this.changed()
  }

  /** Calls back once everything that has happened is in the journal: no answer goes out before it. */
  whenRecorded(callback: () => void): void {
    if (this.journal) this.journal.whenWritten(callback)
    else callback()
  }

  /** Back to the first day. */
  async reset(): Promise<void> {
    await this.journal?.clear()
    this.subscribers = new Subscribers(this.profile)
    this.book.length = 0
    this.answered.clear()
    this.complaints.length = 0
    this.switches.clear()
  }

  async close(): Promise<void> {
    await this.journal?.close()
  }

  private keep(entry: BookEntry, print: string): void {
    this.book.push(entry)
    this.answered.set(entry.id, { print, reply: entry.reply as Reply })
  }

  private record(made: JournalEntry): void {
    this.journal?.append(JSON.stringify(made))
  }

  private replay(made: JournalEntry): void {
    if (made.what === 'line') return this.subscribers.change(made.line)
    this.keep(made.entry, made.print)
    if (made.wrongPins !== undefined) this.subscribers.setWrongPins(made.entry.number, made.wrongPins)
  }
}

function entryOf(request: TelcoRequest, reply: Reply): BookEntry {
  const { id, op } = request
  const purchase = request.op === 'authenticate' ? request.purchase : undefined
  const told = purchase && {
    ...{ tid: purchase.tid, merchant: purchase.merchant, description: purchase.description, amount: purchase.amount },
  }
  return { id, op, at: new Date().toISOString(), number: numberOf(request), ...told, reply: { ...reply } }
}

/** A fingerprint of what may not differ between a request and its repeat: all but the time, and the PIN. */
function printOf(request: TelcoRequest): string {
  const same = JSON.stringify(request, (member, value: unknown) =>
    member === 'at' || member === 'pin' ? undefined : value,
  )
  return createHash('sha256').update(same).digest('base64').slice(0, 16)
}
