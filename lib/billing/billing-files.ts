import { createReadStream } from 'node:fs'
import type { Vault } from '../cards/vault'
import { type Clock, HOUR_MS, later } from '../clock'
import type { Database } from '../db/database'
import type { BillingCentreSettings } from '../link-settings'
import type {
  BillingCentres,
  BillingCentreState,
  CentreSession,
  RemoteFile,
} from '../gateways/billing-centre/billing-centre'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'
import { aloneAt } from '../db/alone'
import { type CollectionFileRow, newestCollections, type OddLine, oddLines, type OddMark } from './collection-store'
import { applyCollections, readCollections } from './collections'
import {
  answerFile,
  type BillingFile,
  claimFile,
  correctFile,
  filesIn,
  findFile,
  moveFile,
  latestFiles,
  newestFiles,
  noteAlert,
  rebill,
  recordsAfter,
  type RefusedCharge,
  refusedCharges,
  type RefusedQuery,
} from './file-store'
import { readAcknowledgement } from './files/acknowledgement'
import { MOST_DETAILS } from './files/charging-lines'
import { BrokenFile } from './files/layout'
import { openLineNumber } from './line-vault'
import { copyIsWhole, copyOf, writeCopy } from './write-file'

/** Rows in the memory of one process while a file is written. */
const RECORDS_AT_ONCE = 2_000
/** An acknowledgement names each refused detail: at most one line for each detail of a large file. */
const LARGEST_ACKNOWLEDGEMENT = 64 * 1024 * 1024
/** No acknowledgement for this long raises an alert. */
const ANSWER_WITHIN_MS = 6 * HOUR_MS
/** A file that was corrected so many times and is still rejected needs a person. */
const MOST_CORRECTIONS = 3

/**
 * What goes to the bills of telephone lines and what comes back: charging files, acknowledgements, collection. Every step
 * is written down before the next begins; whatever dies, the next run goes on from there, and a step done twice does
 * nothing new (docs/links/billing-file.md).
 */
export interface BillingFiles {
  /** Makes the files that are due and writes their copies of record. True when there is more to do at once. */
  writeDue(): Promise<boolean>
  /** Sends what is written. */
  sendWritten(): Promise<boolean>
  /** Reads acknowledgements and collection files and applies them; alerts people to centres that are silent. */
  readResults(): Promise<boolean>
  /** Makes a centre's file now, whatever the time; its sequence. For operators. */
  claimNow(centre: string): Promise<number>
  /** Has a rejected file corrected once more, however often it was before; false when it is not rejected. */
  correct(centre: string, sequence: number): Promise<boolean>
  /** Puts a refused purchase into the next file once more; false when it is not refused. */
  rebill(merchantId: Uuid, paymentId: Uuid): Promise<boolean>
  /** The newest of all centres first; those after one of them, where it is given. */
  files(limit: number, before?: BillingFile): Promise<BillingFile[]>
  /** The newest of each centre that has one. */
  latest(): Promise<BillingFile[]>
  file(centre: string, sequence: number): Promise<BillingFile | undefined>
  /** The copy of record of a file, for an operator's download; undefined when it is not written yet. */
  copy(centre: string, sequence: number): Promise<NodeJS.ReadableStream | undefined>
  /** Files that were sent six hours ago or more and are not acknowledged. */
  unacknowledged(): Promise<BillingFile[]>
  /** Purchases that centres would not bill, the newest first. */
  refused(query: RefusedQuery): Promise<RefusedCharge[]>
  collections(limit: number): Promise<CollectionFileRow[]>
  /** Lines of collection files that could not be applied; those after one of them, where it is given. */
  odd(limit: number, after?: OddMark): Promise<OddLine[]>
  states(): BillingCentreState[]
}

export interface BillingFilesParts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: {
    readonly BILLING_CENTRES: readonly BillingCentreSettings[]
    readonly BILLING_DIR: string
    readonly GATEWAY_ID: string
  }
  readonly centres: BillingCentres
  readonly vault: Vault
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

export function createBillingFiles({
  database,
  clock,
  settings,
  centres,
  vault,
  report,
}: BillingFilesParts): BillingFiles {
  const { pool } = database
  const { BILLING_CENTRES: known, BILLING_DIR: folder } = settings

  function claim(
    { code, zone, currency, at: setAt }: BillingCentreSettings,
    when: 'due' | 'now',
  ): Promise<number | null> {
    return claimFile(pool, {
      ...{ centre: code, gatewayId: settings.GATEWAY_ID, zone, currency, at: clock.now(), most: MOST_DETAILS },
      ...(when === 'due' ? { setAt } : {}),
    })
  }

  function write(file: BillingFile): Promise<string> {
    return writeCopy(folder, file, {
      recordsAfter: (record) => recordsAfter(pool, file, record, RECORDS_AT_ONCE),
      numberOf: (lineId, sealed) => openLineNumber(vault, lineId, sealed),
    })
  }

  async function writeFilesOf(centre: BillingCentreSettings): Promise<boolean> {
    const sequence = await claim(centre, 'due')
    if (sequence !== null) report('billing-file-claimed', { centre: centre.code, sequence })
    const claimed = await filesIn(pool, centre.code, 'claimed')
    for (const file of claimed) {
      const sha256 = await write(file)
      if (await moveFile(pool, file, { state: 'written', sha256 }, clock.now())) {
        report('billing-file-written', { centre: file.centre, name: file.name, details: file.details })
      }
    }
    return false
  }

  async function sendFilesOf({ code }: BillingCentreSettings): Promise<boolean> {
    const written = await filesIn(pool, code, 'written')
    if (written.length === 0) return false
    // A copy that was lost or damaged is written anew from its records, and has the same bytes.
    for (const file of written) {
      if (await copyIsWhole(folder, file)) continue
      invariant((await write(file)) === file.sha256, `${file.name} written anew is not what it was`)
      report('billing-copy-restored', { centre: code, name: file.name })
    }
    const heard = await centres.within(code, (session) => deliver(written, session))
    if (heard.kind === 'no-answer') report('billing-centre-away', { centre: code, why: heard.why })
    return false
  }

  async function deliver(written: readonly BillingFile[], session: CentreSession): Promise<void> {
    const answered = new Set((await session.results()).map(({ name }) => name))
    for (const file of written) {
      // Acknowledged already: it had arrived when we died. A centre may have taken the file itself away since.
      if (!answered.has(ackOf(file))) await session.deliver(file.name, copyOf(folder, file))
      if (await moveFile(pool, file, { state: 'sent' }, clock.now())) {
        report('billing-file-sent', { centre: file.centre, name: file.name })
      }
    }
  }

  async function readResultsOf({ code }: BillingCentreSettings): Promise<boolean> {
    const sent = await filesIn(pool, code, 'sent')
    const heard = await centres.within(code, async (session) => {
      const found = await session.results()
      await readAnswers(sent, found, session)
      return found
    })
    const collectionParts = { pool, clock, centres, report }
    if (heard.kind === 'heard') await readCollections(code, heard.value, collectionParts)
    else report('billing-centre-away', { centre: code, why: heard.why })
    await applyCollections(code, collectionParts)
    for (const file of await filesIn(pool, code, 'rejected')) await correctOrAlert(file)
    await alertToSilence(code)
    return false
  }

  async function readAnswers(sent: readonly BillingFile[], found: readonly RemoteFile[], session: CentreSession) {
    for (const file of sent) {
      if (!found.some(({ name }) => name === ackOf(file))) continue
      const answer = understood(await session.read(ackOf(file), LARGEST_ACKNOWLEDGEMENT))
      // Half written, or nonsense: neither a yes nor a no. It is looked at again, and after six hours people are told.
      if (!answer) report('billing-ack-unreadable', { centre: file.centre, name: file.name })
      else if (await answerFile(pool, file, answer, clock.now())) {
        const { accepted, reason, refused } = answer
        report('billing-file-answered', {
          centre: file.centre,
          name: file.name,
          accepted,
          reason,
          refused: refused.length,
        })
      }
    }
  }

  /** A rejected file is corrected and sent as a new one; one that is rejected again and again is left to people. */
  async function correctOrAlert(file: BillingFile): Promise<void> {
    if ((await correctionsBefore(file)) < MOST_CORRECTIONS) {
      const sequence = await correctFile(pool, file, clock.now())
      if (sequence !== null) report('billing-file-corrected', { centre: file.centre, name: file.name, sequence })
    } else if (await noteAlert(pool, file, clock.now())) {
      report('billing-file-rejected-again', { centre: file.centre, name: file.name, reason: file.reason })
    }
  }

  async function correctionsBefore(file: BillingFile): Promise<number> {
    let corrections = 0
    let before: BillingFile | undefined = file
    while (before && before.replaces !== null && corrections < MOST_CORRECTIONS) {
      corrections += 1
      before = await findFile(pool, before.centre, before.replaces)
    }
    return corrections
  }

  async function alertToSilence(centre: string): Promise<void> {
    for (const file of (await silentFiles()).filter((each) => each.centre === centre)) {
      if (await noteAlert(pool, file, clock.now())) report('billing-file-unacknowledged', { centre, name: file.name })
    }
  }

  async function silentFiles(): Promise<BillingFile[]> {
    const sent = await Promise.all(known.map(({ code }) => filesIn(pool, code, 'sent')))
    const before = later(clock.now(), -ANSWER_WITHIN_MS)
    return sent.flat().filter(({ sentAt }) => sentAt !== null && sentAt <= before)
  }

  /** One centre after the other, each under its lock: one that fails keeps none of the others from its turn. */
  async function each(
    kind: 'billing-write' | 'billing-send' | 'billing-results',
    work: (centre: BillingCentreSettings) => Promise<boolean>,
  ): Promise<boolean> {
    const failures: unknown[] = []
    let more = false
    for (const centre of known) {
      try {
        more = (await aloneAt(pool, kind, centre.code, () => work(centre))) || more
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
    return more
  }

  return {
    writeDue: () => each('billing-write', writeFilesOf),
    sendWritten: () => each('billing-send', sendFilesOf),
    readResults: () => each('billing-results', readResultsOf),
    async claimNow(code) {
      const centre = known.find((one) => one.code === code)
      invariant(centre, `there is no billing centre ${code}`)
      const sequence = await claim(centre, 'now')
      invariant(sequence !== null, 'a file can be made at any time')
      return sequence
    },
    async correct(centre, sequence) {
      const file = await findFile(pool, centre, sequence)
      return file?.state === 'rejected' && (await correctFile(pool, file, clock.now())) !== null
    },
    rebill: (merchantId, paymentId) => rebill(pool, merchantId, paymentId, clock.now()),
    files: (limit, before) => newestFiles(pool, limit, before),
    latest: () =>
      latestFiles(
        pool,
        known.map(({ code }) => code),
      ),
    file: (centre, sequence) => findFile(pool, centre, sequence),
    async copy(centre, sequence) {
      const file = await findFile(pool, centre, sequence)
      return file && file.sha256 !== null ? createReadStream(copyOf(folder, file)) : undefined
    },
    unacknowledged: silentFiles,
    refused: (query) => refusedCharges(pool, query),
    collections: (limit) => newestCollections(pool, limit),
    odd: (limit, after) => oddLines(pool, limit, after),
    states: () => centres.states(),
  }
}

function ackOf({ name }: BillingFile): string {
  return `${name}.ack`
}

function understood(content: string) {
  try {
    return readAcknowledgement(content)
  } catch (error) {
    if (error instanceof BrokenFile) return undefined
    throw error
  }
}
