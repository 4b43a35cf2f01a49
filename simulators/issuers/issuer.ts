/** One issuer: its books, their journal, its switches and its published terms. */
import path from 'node:path'
import { z } from 'zod'
import { Journal } from '../journal'
import { Switches } from '../switches'
import type { Handled } from './movements'
import { Book } from './book'
import type { CardChange } from './card-change'
import { applyCardChange, cardChange } from './card-change'
import type { IssuerProfile } from './catalogue'
import type { IssuerSwitch, SwitchTarget } from './deeds'
import type { Message } from './iso8583'
import { decode } from './iso8583'
import type { RequestKind } from './requests'
import { checkRequest } from './requests'
import { agreedNet } from './totals'

/** A line of the journal: a request with the answer it was forced to, a hold let go early, or a card changed by hand. */
const entry = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('request'), at: z.int(), forced: z.string().optional(), message: z.string() }),
  z.strictObject({ what: z.literal('lapse'), key: z.string() }),
  z.strictObject({ what: z.literal('card'), card: cardChange }),
])
type Entry = z.infer<typeof entry>

/** A request that broke the profile, for whoever is writing the other side. Names elements, never their content. */
export interface Complaint {
  readonly at: number
  readonly mti: string
  readonly fault: string
}

/** What an issuer owes an acquirer of a cut-over; negative where it is owed after refunds. */
export interface Settlement {
  readonly net: bigint
  readonly currencyNumber: string
}

const COMPLAINTS_KEPT = 50

export class Issuer {
  book: Book
  readonly switches: Switches<IssuerSwitch>
  readonly complaints: Complaint[] = []
  private readonly journal: Journal | undefined

  /**
   * @param folder where the journal lives; undefined keeps the books in memory only
   * @param changed called after every change worth showing
   * @param pays called with what it owes an acquirer once both agree on the totals
   */
  constructor(
    readonly profile: IssuerProfile,
    folder: string | undefined,
    readonly changed: () => void,
    private readonly pays: (settlement: Settlement) => void = () => undefined,
  ) {
    this.book = new Book(profile.code)
    this.switches = new Switches<IssuerSwitch>(changed)
    if (folder === undefined) return
    const { journal, lines } = Journal.open(path.join(folder, `${profile.code}.journal`))
    this.journal = journal
    for (const line of lines) this.replay(entry.parse(JSON.parse(line)))
  }

  /** Works on a request whose form has been checked. */
  handle(message: Message, kind: RequestKind, details: { repeat: boolean; text: string; forced?: string }): Handled {
    const at = Date.now()
    const handled = this.book.handle(message, kind, { repeat: details.repeat, at, forced: details.forced })
    if (!handled.recorded) return handled
    this.record({ what: 'request', at, forced: details.forced, message: details.text })
    const net = agreedNet(handled.reply)
    if (net !== 0n) this.pays({ net, currencyNumber: message.fields[49] ?? '' })
    this.changed()
    return handled
  }

  /** The switch for a message, counted as used. */
  switchFor(on: Exclude<SwitchTarget, 'any'>, card: string | undefined): IssuerSwitch['do'] | undefined {
    return this.switches.take(
      (each) =>
        (each.on === on || (each.on === 'any' && on !== 'terms')) && (each.card === undefined || each.card === card),
    )?.do
  }

  /** Lets open holds lapse before their time; the number that did. */
  lapse(wanted: { rrn?: string | undefined; card?: string | undefined }): number {
    const open = this.book.holds.filter(
      (hold) =>
        hold.state === 'held' &&
        (wanted.rrn === undefined || hold.rrn === wanted.rrn) &&
        (wanted.card === undefined || hold.card.number === wanted.card),
    )
    for (const { key } of open) {
      this.book.lapse(key)
      this.record({ what: 'lapse', key })
    }
    this.changed()
    return open.length
  }

  /** Gives out a new card or changes one. */
  changeCard(change: CardChange): void {
    applyCardChange(this.book, this.profile, change)
    this.record({ what: 'card', card: change })
    this.changed()
  }

  complain(mti: string, fault: string): void {
    this.complaints.unshift({ at: Date.now(), mti, fault })
    this.complaints.length = Math.min(this.complaints.length, COMPLAINTS_KEPT)
    this.changed()
  }

  /** Calls back once everything that has happened is in the journal: no answer goes out before it. */
  whenRecorded(callback: () => void): void {
    if (this.journal) this.journal.whenWritten(callback)
    else callback()
  }

  /** Back to the first day: demo cards, empty books, no switches. */
  async reset(): Promise<void> {
    await this.journal?.clear()
    this.book = new Book(this.profile.code)
    this.complaints.length = 0
    this.switches.clear()
  }

  async close(): Promise<void> {
    await this.journal?.close()
  }

  private record(made: Entry): void {
    this.journal?.append(JSON.stringify(made))
  }

  private replay(made: Entry): void {
    switch (made.what) {
      case 'request': {
        const decoded = decode(made.message)
        if ('broken' in decoded) return
        const checked = checkRequest(decoded.message)
        if ('fault' in checked) return
        // A repeat that was recorded was worked on: the original had never arrived.
        this.book.handle(decoded.message, checked.kind, { repeat: checked.repeat, at: made.at, forced: made.forced })
        return
      }
      case 'lapse':
        this.book.lapse(made.key)
        return
      case 'card':
        applyCardChange(this.book, this.profile, made.card)
    }
  }
}
