/** One bank: its books, their journal, its keys and its switches. */
import path from 'node:path'
import { z } from 'zod'
import { Journal } from '../journal'
import { Switches } from '../switches'
import { type AccountChange, accountChange } from './account-change'
import type { BankKeys } from './bank-keys'
import type { BankProfile } from './catalogue'
import type { BankSwitch, BankTarget, Deed } from './deeds'
import { Ledger, type Transfer, type Verification } from './ledger'
import { reversalState, type ReversalState, transferRequest, type TransferRequest, transferState } from './messages'

const journalEntry = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('transfer'), request: transferRequest, state: transferState }),
  z.strictObject({ what: z.literal('reversal'), state: reversalState }),
  z.strictObject({ what: z.literal('account'), change: accountChange }),
])
type JournalEntry = z.infer<typeof journalEntry>

/** A request that broke the profile, for whoever is writing the other side. */
export interface Complaint {
  readonly at: string
  readonly fault: string
}

/** An account that was asked for, with what was answered. Passwords are in no book. */
export interface Inquiry {
  readonly at: string
  readonly account: string
  readonly answer: string
}

const KEPT = 50

export class Bank {
  ledger: Ledger
  readonly switches: Switches<BankSwitch>
  /** Newest first. */
  readonly complaints: Complaint[] = []
  readonly inquiries: Inquiry[] = []
  private readonly journal: Journal | undefined

  /**
   * @param folder where the journal lives; undefined keeps the books in memory only
   * @param changed called after every change worth showing
   */
  constructor(
    readonly profile: BankProfile,
    readonly keys: BankKeys,
    folder: string | undefined,
    readonly changed: () => void,
  ) {
    this.ledger = new Ledger(profile)
    this.switches = new Switches<BankSwitch>(changed)
    if (folder === undefined) return
    const { journal, lines } = Journal.open(path.join(folder, `bank-${profile.code}.journal`))
    this.journal = journal
    for (const line of lines) this.replay(journalEntry.parse(JSON.parse(line)))
  }

  verify(asked: Parameters<Ledger['verify']>[0], forced?: string): Verification {
    const answer = forced === undefined ? this.ledger.verify(asked) : { refused: forced }
    note(this.inquiries, {
      at: new Date().toISOString(),
      account: asked.account,
      answer: 'ok' in answer ? 'OK' : answer.refused,
    })
    // A count of wrong passwords outlives a restart only as the lock it ends in.
    if ('refused' in answer && answer.refused === 'LOCKED') {
      this.record({ what: 'account', change: { number: asked.account, locked: true } })
    }
    this.changed()
    return answer
  }

  transfer(request: TransferRequest, forced?: string): Transfer | undefined {
    const isNew = !this.ledger.transfers.has(request.transferId)
    const made = this.ledger.transfer(request, new Date(), forced)
    if (made && isNew) this.record({ what: 'transfer', request, state: made.state })
    this.changed()
    return made
  }

  reverse(transferId: string, asked: { reversalId: string; amount: string }, forced?: string) {
    const before = this.ledger.transfers.get(transferId)?.reversals.length
    const made: ReversalState | undefined = this.ledger.reverse(transferId, asked, new Date(), forced)
    const isNew = this.ledger.transfers.get(transferId)?.reversals.length !== before
    if (made && isNew) this.record({ what: 'reversal', state: made })
    this.changed()
    return made
  }

  change(change: AccountChange): void {
    this.ledger.change(change)
    this.record({ what: 'account', change })
    this.changed()
  }

  /** What to do wrong at a request, counted as used. */
  switchFor(on: BankTarget, account?: string): Deed | undefined {
    // Keys are fetched when nobody counts on it: "any" leaves that alone.
    return this.switches.take(
      (each) =>
        (each.on === on || (each.on === 'any' && on !== 'keys')) &&
        (each.account === undefined || each.account === account),
    )?.do
  }

  complain(fault: string): void {
    note(this.complaints, { at: new Date().toISOString(), fault })
    this.changed()
  }

  /** Resolves once everything that has happened is in the journal: no answer goes out before it. */
  recorded(): Promise<void> {
    return new Promise((resolve) => (this.journal ? this.journal.whenWritten(resolve) : resolve()))
  }

  /** Back to the first day. The keys stay: those who have looked them up need not look again. */
  async reset(): Promise<void> {
    await this.journal?.clear()
    this.ledger = new Ledger(this.profile)
    this.complaints.length = 0
    this.inquiries.length = 0
    this.switches.clear()
  }

  async close(): Promise<void> {
    await this.journal?.close()
  }

  private record(made: JournalEntry): void {
    this.journal?.append(JSON.stringify(made))
  }

  private replay(made: JournalEntry): void {
    if (made.what === 'transfer') this.ledger.apply(made)
    else if (made.what === 'reversal') this.ledger.applyReversal(made.state)
    else this.ledger.change(made.change)
  }
}

function note<Entry>(list: Entry[], entry: Entry): void {
  list.unshift(entry)
  list.length = Math.min(list.length, KEPT)
}
