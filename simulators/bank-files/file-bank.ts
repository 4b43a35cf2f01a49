/**
 * A bank's file desk: what the gateway puts there and what the bank puts out. Parts that answer a kind of file (orders,
 * collections) register themselves; credits of people who pay by giro are written by credits.ts.
 */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { Shelf } from '../files/shelf'
import type { LineFault, SftpUser } from '../files/sftp'
import { Journal } from '../journal'
import { Switches } from '../switches'
import { FILE_BANK_PASSWORD, type FileBankProfile, FROM_BANK, TO_BANK } from './catalogue'

const event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('received'), name: z.string(), at: z.string(), content: z.string() }),
  z.object({ kind: z.literal('published'), name: z.string(), at: z.string(), content: z.string() }),
  z.object({
    ...{ kind: z.literal('moved'), reference: z.string(), amount: z.string() },
    ...{ name: z.string(), account: z.string(), words: z.string() },
  }),
])
type Event = z.infer<typeof event>

export interface DeskFile {
  readonly name: string
  readonly at: string
  readonly content: string
}

/** What others pay to the gateway's account, or take back (negative), and no file had brought about. */
export interface Move {
  readonly reference: string
  readonly amount: bigint
  /** Who, from which account, and what they wrote. */
  readonly name: string
  readonly account: string
  readonly words: string
}

export interface LineSwitch {
  readonly do: LineFault
}

export class FileBank implements SftpUser {
  readonly name: string
  readonly password = FILE_BANK_PASSWORD
  readonly shelf = new Shelf()
  readonly folders = { takes: TO_BANK, gives: FROM_BANK }
  readonly switches: Switches<LineSwitch>
  /** What came in, and what was put out; oldest first. */
  received: DeskFile[] = []
  published: DeskFile[] = []
  moves: Move[] = []
  private readonly readers: ((file: DeskFile) => void)[] = []
  private readonly journal: Journal | undefined

  /**
   * @param folder where its files are kept; undefined keeps them in memory only
   * @param changed called on every change
   */
  constructor(
    readonly profile: FileBankProfile,
    folder: string | undefined,
    readonly changed: () => void,
  ) {
    this.name = profile.code
    this.switches = new Switches(changed)
    if (folder === undefined) return
    const { journal, lines } = Journal.open(path.join(folder, `bank-files-${profile.code}.journal`))
    this.journal = journal
    for (const line of lines) this.replay(event.parse(JSON.parse(line)))
  }

  fails(how: LineFault): boolean {
    return this.switches.take((each) => each.do === how) !== undefined
  }

  /** Has every file that comes in shown to a part of the bank. The same file once more is not shown again. */
  reads(reader: (file: DeskFile) => void): void {
    this.readers.push(reader)
  }

  receive(name: string, content: Buffer): void {
    const text = content.toString('utf8')
    if (this.received.some((each) => each.name === name && each.content === text)) return
    const file = { name, at: new Date().toISOString(), content: text }
    this.keep({ kind: 'received', ...file })
    this.received.push(file)
    for (const reader of this.readers) reader(file)
    this.changed()
  }

  /** Puts a file out for the gateway. */
  publish(name: string, content: string): void {
    const file = { name, at: new Date().toISOString(), content }
    this.keep({ kind: 'published', ...file })
    this.put(file)
    this.changed()
  }

  /** Books what somebody pays to the gateway's account, or takes back; the next statement tells of it. */
  move(made: Omit<Move, 'reference'>): void {
    const move = { ...made, reference: `M${randomBytes(8).toString('hex').toUpperCase()}` }
    this.keep({ kind: 'moved', ...move, amount: String(move.amount) })
    this.moves.push(move)
    this.changed()
  }

  async reset(): Promise<void> {
    await this.journal?.clear()
    this.moves = []
    this.received = []
    this.published = []
    this.shelf.clear()
    this.switches.clear()
    this.changed()
  }

  async close(): Promise<void> {
    await this.journal?.close()
  }

  private put(file: DeskFile): void {
    this.published.push(file)
    this.shelf.put(`${FROM_BANK}/${file.name}`, file.content)
  }

  private keep(made: Event): void {
    this.journal?.append(JSON.stringify(made))
  }

  private replay(made: Event): void {
    if (made.kind === 'published') return this.put(made)
    if (made.kind === 'moved') return void this.moves.push({ ...made, amount: BigInt(made.amount) })
    this.received.push(made)
    this.shelf.put(`${TO_BANK}/${made.name}`, made.content)
  }
}
