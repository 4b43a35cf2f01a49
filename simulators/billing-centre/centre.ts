/**
 * A billing centre and its books: what it has taken in, which files it rejected and why, what became of each purchase on
 * its bill. It accepts each sequence once and in order, and each purchase once.
 */
import path from 'node:path'
import { z } from 'zod'
import { Journal } from '../journal'
import { Switches } from '../switches'
import { Shelf } from '../files/shelf'
import type { LineFault, SftpUser } from '../files/sftp'
import { CENTRE_PASSWORD, type CentreProfile, CHARGES_FOLDER, RESULTS_FOLDER } from './catalogue'
import { type ChargingFile, type Detail, Fault, readChargingFile } from './charging-file'
import { type CollectionResult, writeCollection } from './collection'

export const centreSwitch = z.strictObject({
  /**
   * down: no connection. cut: the line goes dead while a file comes in. stall: it stays, and nothing is heard any more. reject: the next file as a whole. refuse: one
   * detail of the next file. silence: the next file is taken in, and the acknowledgement kept back until somebody says so.
   */
  do: z.enum(['down', 'cut', 'stall', 'reject', 'refuse', 'silence']),
  record: z.int().min(1).max(9_999_999).default(1),
  reason: z
    .string()
    .regex(/^[\x20-\x7e]{1,60}$/)
    .default('BY_SWITCH'),
  times: z.int().min(1).max(1_000_000).optional(),
})
export type CentreSwitch = z.infer<typeof centreSwitch>

/** What a charge has come to: what is left of it after credits, and what became of it on its bill. */
export interface Bill {
  readonly detail: Detail
  readonly sequence: number
  /** Of the file that it came in. */
  readonly currency: string
  credited: bigint
  result: CollectionResult | undefined
}

export interface ReceivedFile {
  readonly name: string
  readonly at: string
  readonly content: Buffer
  readonly acknowledgement: string
  /** Whether the acknowledgement has been put out. */
  answered: boolean
  readonly file: ChargingFile | undefined
}

const event = z.discriminatedUnion('kind', [
  z.object({
    ...{ kind: z.literal('file'), name: z.string(), at: z.string() },
    ...{ content: z.string(), acknowledgement: z.string(), silent: z.boolean() },
  }),
  z.object({ kind: z.literal('answered') }),
  z.object({ kind: z.literal('collected'), name: z.string(), content: z.string() }),
])
type Event = z.infer<typeof event>

const NAME = /^MOA_([A-Z0-9]{1,8})_([0-9]{8})_([0-9]{6})\.chg$/

export class Centre implements SftpUser {
  readonly name: string
  readonly password = CENTRE_PASSWORD
  readonly folders = { takes: CHARGES_FOLDER, gives: RESULTS_FOLDER }
  readonly shelf = new Shelf()
  readonly switches: Switches<CentreSwitch>
  readonly bills = new Map<string, Bill>()
  /** What is to become of a purchase when its month is collected, by its TID; the others are paid. */
  readonly wishes = new Map<string, CollectionResult>()
  files: ReceivedFile[] = []
  collections: string[] = []
  private lastSequence: number | undefined
  private readonly journal: Journal | undefined

  /**
   * @param folder where its books are kept; undefined keeps them in memory only
   * @param changed called on every change
   * @param pays called with what a month has brought
   */
  constructor(
    readonly profile: CentreProfile,
    folder: string | undefined,
    private readonly changed: () => void,
    private readonly pays: (amount: bigint) => void = () => undefined,
  ) {
    this.name = profile.code
    this.switches = new Switches(changed)
    if (folder === undefined) return
    const { journal, lines } = Journal.open(path.join(folder, `billing-${profile.code}.journal`))
    this.journal = journal
    for (const line of lines) this.replay(event.parse(JSON.parse(line)))
  }

  fails(how: LineFault): boolean {
    return this.switches.take((each) => each.do === how) !== undefined
  }

  /** A file has come in whole, under its own name. */
  receive(name: string, content: Buffer): void {
    if (!name.endsWith('.chg')) return
    // The same file once more is answered as before, and nothing is taken twice.
    if (this.files.some((each) => each.name === name && each.content.equals(content))) return
    const silent = this.switches.take((each) => each.do === 'silence') !== undefined
    const file = { name, at: new Date().toISOString(), acknowledgement: this.judge(name, content), silent }
    this.keep({ kind: 'file', ...file, content: content.toString('base64') })
    this.takeIn(file, content)
  }

  /** Puts out the acknowledgements that were kept back; how many there were. */
  answer(): number {
    const open = this.files.filter(({ answered }) => !answered)
    if (open.length > 0) this.keep({ kind: 'answered' })
    for (const received of open) this.publishAnswer(received)
    return open.length
  }

  /**
   * Puts out the results of a month: every purchase that is not settled yet is paid, unless wished otherwise.
   * @param month YYYYMM; the first one after the last there is unless said
   * @returns the name of the file
   */
  collect(month = this.nextMonth()): string {
    const due = [...this.bills.values()].filter(({ result }) => result === undefined || result === 'U')
    const results = due.map((bill) => ({ bill, result: this.wishes.get(bill.detail.tid) ?? ('P' as const) }))
    const name = `${this.profile.code}_${month}.col`
    const content = writeCollection(results, new Date())
    for (const { bill, result } of results) bill.result = result
    this.wishes.clear()
    this.keep({ kind: 'collected', name, content })
    this.publish(name, content)
    const paid = results.filter(({ result }) => result === 'P').map(({ bill }) => bill.detail.amount - bill.credited)
    this.pays(paid.reduce((sum, each) => sum + each, 0n))
    return name
  }

  /** Says what is to become of a purchase; false when it is not known here. */
  wish(tid: string, result: CollectionResult): boolean {
    if (!this.bills.has(tid)) return false
    this.wishes.set(tid, result)
    this.changed()
    return true
  }

  async reset(): Promise<void> {
    await this.journal?.clear()
    this.files = []
    this.collections = []
    this.bills.clear()
    this.wishes.clear()
    this.lastSequence = undefined
    this.shelf.clear()
    this.switches.clear()
    this.changed()
  }

  async close(): Promise<void> {
    await this.journal?.close()
  }

  private nextMonth(): string {
    const now = new Date()
    const month = `${now.getUTCFullYear()}${String(now.getUTCMonth() + 1).padStart(2, '0')}`
    const last = this.collections.at(-1)?.slice(-10, -4)
    if (last === undefined || last < month) return month
    const [year, number] = [Number(last.slice(0, 4)), Number(last.slice(4))]
    return number === 12 ? `${year + 1}01` : `${year}${String(number + 1).padStart(2, '0')}`
  }

  /** The acknowledgement of a file that has not been seen before. */
  private judge(name: string, content: Buffer): string {
    try {
      const file = this.examine(name, content)
      const byHand = this.switches.take((each) => each.do === 'reject')
      if (byHand) throw new Fault(byHand.reason)
      const refused = this.objections(file)
      const chosen = this.switches.take((each) => each.do === 'refuse' && each.record <= file.details.length)
      if (chosen) refused.set(chosen.record, chosen.reason)
      return `OK\n${[...refused].map(([record, why]) => `${record} ${why}\n`).join('')}`
    } catch (error) {
      if (error instanceof Fault) return `REJECTED ${error.message}\n`
      throw error
    }
  }

  private examine(name: string, content: Buffer): ChargingFile {
    const [, centre, day, sequence] = NAME.exec(name) ?? []
    if (centre !== this.profile.code) throw new Fault('NAME')
    const file = readChargingFile(content)
    if (file.centre !== centre) throw new Fault('CENTRE')
    if (file.sequence !== Number(sequence) || file.createdAt.slice(0, 8) !== day) throw new Fault('NAME')
    // A centre that has seen nothing takes up the count wherever it stands.
    if (this.lastSequence !== undefined && file.sequence !== this.lastSequence + 1)
      throw new Fault(`SEQUENCE ${file.sequence} after ${this.lastSequence}`)
    if (file.replaces !== undefined && !this.wasRejected(file.replaces)) throw new Fault(`REPLACES ${file.replaces}`)
    return file
  }

  private wasRejected(sequence: number): boolean {
    const found = this.files.find(({ name }) => Number(NAME.exec(name)?.[3]) === sequence)
    return found?.acknowledgement.startsWith('REJECTED') ?? false
  }

  /** What is wrong with single details, by their record numbers. */
  private objections(file: ChargingFile): Map<number, string> {
    const found = new Map<number, string>()
    const inThisFile = new Set<string>()
    for (const detail of file.details) {
      const why = this.objection(detail, inThisFile)
      if (why) found.set(detail.record, why)
      if (detail.kind === 'C') inThisFile.add(detail.tid)
    }
    return found
  }

  private objection(detail: Detail, inThisFile: ReadonlySet<string>): string | undefined {
    const known = this.bills.get(detail.tid)
    if (detail.kind === 'C') return known || inThisFile.has(detail.tid) ? 'DUPLICATE_TID' : undefined
    const isOriginal = known?.sequence === detail.originalSequence && known.detail.record === detail.originalRecord
    if (!known || !isOriginal || known.detail.calling !== detail.calling) return 'NO_SUCH_ORIGINAL'
    return known.credited + detail.amount > known.detail.amount ? 'CREDIT_EXCEEDS_CHARGE' : undefined
  }

  private replay(entry: Event): void {
    if (entry.kind === 'file') this.takeIn(entry, Buffer.from(entry.content, 'base64'))
    if (entry.kind === 'answered') for (const received of this.files) this.publishAnswer(received)
    if (entry.kind === 'collected') {
      for (const [, tid = '', result] of entry.content.matchAll(/^([0-9a-f-]{36})([PUW])/gm)) {
        const bill = this.bills.get(tid)
        if (bill) bill.result = result as CollectionResult
      }
      this.publish(entry.name, entry.content)
    }
  }

  /** Takes over what the acknowledgement of a file accepts. */
  private takeIn(
    { name, at, acknowledgement, silent }: { name: string; at: string; acknowledgement: string; silent: boolean },
    content: Buffer,
  ): void {
    const received: ReceivedFile = {
      name,
      at,
      content,
      acknowledgement,
      answered: false,
      file: readIfPossible(content),
    }
    this.files.push(received)
    // A rejected file has used up its sequence too.
    const sequence = Number(NAME.exec(name)?.[3] ?? 0)
    if (this.lastSequence === undefined || sequence === this.lastSequence + 1) this.lastSequence = sequence
    const [verdict, ...refusals] = acknowledgement.trimEnd().split('\n')
    if (received.file && verdict === 'OK') {
      const refused = new Set(refusals.map((line) => Number(line.split(' ')[0])))
      for (const detail of received.file.details) if (!refused.has(detail.record)) this.take(received.file, detail)
    }
    if (!silent) this.publishAnswer(received)
    this.changed()
  }

  private publishAnswer(received: ReceivedFile): void {
    received.answered = true
    this.shelf.put(`${RESULTS_FOLDER}/${received.name}.ack`, received.acknowledgement)
    this.changed()
  }

  private take({ sequence, currency }: ChargingFile, detail: Detail): void {
    const known = this.bills.get(detail.tid)
    if (detail.kind === 'C') this.bills.set(detail.tid, { detail, sequence, currency, credited: 0n, result: undefined })
    else if (known) known.credited += detail.amount
  }

  private publish(name: string, content: string): void {
    this.collections.push(name)
    this.shelf.put(`${RESULTS_FOLDER}/${name}`, content)
    this.changed()
  }

  private keep(entry: Event): void {
    this.journal?.append(JSON.stringify(entry))
  }
}

function readIfPossible(content: Buffer): ChargingFile | undefined {
  try {
    return readChargingFile(content)
  } catch {
    return undefined
  }
}
