import { createReadStream } from 'node:fs'
import path from 'node:path'
import { dayIn } from '../calendar'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import { aloneAt } from '../db/alone'
import type { Database } from '../db/database'
import type { BankFileLinks } from '../gateways/bank-files/bank-files'
import { digestOf, writeWhole } from '../gateways/bank-files/write-whole'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import { composeDebitMail } from '../messages/compose-debit'
import { money } from '../money/money'
import type { Payment } from '../payments/payment'
import { bigintAsText } from '../payments/store'
import {
  batchesIn,
  claimDebits,
  findBatch,
  listBatches,
  merchantsDue,
  moveBatch,
  type SealedLine,
  sealedLines,
} from './batch-store'
import { type BatchWithCounts, type Debit, type DebitBatch, fileNameOf, mandateReference } from './debit'
import { announce, linesOfBatch, unannounced } from './debit-store'
import type { OpenedAccount } from './mandate'
import { bindingOf, type CollectingBank, type Mandates } from './mandates'
import { type DebitReport, reportsOfBatch } from './report-store'
import { type CollectionLine, writeCollection } from './write-collection'

/** Rows in the memory of one process while a file is written. */
const LINES_AT_ONCE = 500
const ANNOUNCED_AT_ONCE = 100
const BATCHES_AT_ONCE = 20
/** A bank's report answers a whole file and is read into memory: so many debits are a few megabytes. */
const MOST_DEBITS = 20_000

/**
 * What goes to the bank to be collected. Every step is written down before the next begins; whatever dies, the next run goes
 * on from there, and a step done twice does nothing new (docs/links/bank-files.md).
 */
export interface DebitBatches {
  /** Tells payers what will be collected from them, and when (pre-notification). True when there is more to do at once. */
  announceDue(): Promise<boolean>
  /** Makes the batches that are due, writes their files and sends them. */
  collectDue(): Promise<void>
  /** Puts everything of a merchant that has been announced into a batch now, whatever its schedule; how many debits. */
  claimNow(merchantId: Uuid): Promise<number>
  list(merchantId: Uuid, page: { before?: Uuid | undefined; limit: number }): Promise<BatchWithCounts[]>
  find(merchantId: Uuid, id: Uuid): Promise<BatchWithCounts | undefined>
  lines(
    merchantId: Uuid,
    id: Uuid,
    page: { after: number; limit: number },
  ): Promise<{ line: number; tries: number; amount: bigint; debit: Debit }[]>
  reports(merchantId: Uuid, id: Uuid): Promise<DebitReport[]>
  /** The copy of record of a batch's file; undefined when it is not written yet. */
  copy(merchantId: Uuid, id: Uuid): Promise<NodeJS.ReadableStream | undefined>
}

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  readonly vault: Pick<Vault, 'open'>
  readonly links: BankFileLinks
  readonly mandates: Pick<Mandates, 'collecting' | 'find'>
  readonly settings: {
    readonly BANK_FILES: readonly { readonly code: string; readonly currency: string }[]
    readonly BANK_FILES_DIR: string
    readonly TIME_ZONE: string
  }
  findPayment(merchantId: Uuid, paymentId: Uuid): Promise<Payment | undefined>
  findMerchant(merchantId: Uuid): Promise<{ name: string; nameEn: string } | undefined>
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

export function createDebitBatches(parts: Parts): DebitBatches {
  const { clock, vault, links, mandates, settings, findPayment, findMerchant, report } = parts
  const { pool } = parts.database
  const folder = settings.BANK_FILES_DIR
  const copyOf = (id: Uuid) => path.join(folder, fileNameOf(id))

  const banks = () =>
    settings.BANK_FILES.flatMap(({ currency }) => mandates.collecting(currency) ?? []).filter(
      (bank, index, all) => all.indexOf(bank) === index,
    )

  async function claim(merchantId: Uuid, bank: CollectingBank, atOnce: boolean): Promise<number> {
    const at = clock.now()
    const id = uuidAt(at)
    const { code: houseBank, currency } = bank
    const taken = await claimDebits(pool, {
      ...{ merchantId, id, houseBank, currency, at, atOnce, most: MOST_DEBITS },
      collectOn: dayIn(settings.TIME_ZONE, at),
    })
    if (taken > 0) report('debit-batch-claimed', { merchantId, batch: id, debits: taken })
    return taken
  }

  async function write(batch: DebitBatch, bank: CollectingBank): Promise<string> {
    const shop = (await findMerchant(batch.merchantId))?.name ?? ''
    return writeWhole(folder, fileNameOf(batch.id), writeCollection(batch, bank, shop, lines(batch)))
  }

  async function* lines(batch: DebitBatch): AsyncGenerator<CollectionLine> {
    let written = 0
    for (;;) {
      const page = await sealedLines(pool, batch, written, LINES_AT_ONCE)
      for (const each of page) {
        invariant(each.line === ++written, 'the lines of a batch are numbered without gaps')
        yield opened(each, batch)
      }
      if (page.length < LINES_AT_ONCE) break
    }
    invariant(written === batch.debits, 'a batch has the lines that were claimed for it')
  }

  function opened(line: SealedLine, { merchantId, total }: DebitBatch): CollectionLine {
    const { mandateId, debitId, orderName, amount, kind, bank, signedAt, tries } = line
    const account = JSON.parse(vault.open(bindingOf({ merchantId, id: mandateId }), line)) as OpenedAccount
    return {
      ...{ tries, account, mandate: { id: mandateId, kind, bank, signedAt } },
      debit: { id: debitId, orderName, amount: money(amount, total.currency) },
      announcedOn: dayIn(settings.TIME_ZONE, line.announcedAt),
    }
  }

  async function writeClaimed(bank: CollectingBank): Promise<void> {
    for (const batch of await batchesIn(pool, 'claimed', bank.code, BATCHES_AT_ONCE)) {
      const sha256 = await write(batch, bank)
      await moveBatch(pool, batch, ['claimed'], { state: 'written', sha256 }, clock.now())
    }
  }

  async function sendWritten(bank: CollectingBank): Promise<void> {
    const written = await batchesIn(pool, 'written', bank.code, BATCHES_AT_ONCE)
    if (written.length === 0) return
    // A copy that was lost or damaged is written anew from its rows, and has the same bytes.
    for (const batch of written) {
      if ((await digestOf(copyOf(batch.id))) === batch.sha256) continue
      invariant((await write(batch, bank)) === batch.sha256, `batch ${batch.id} written anew is not what it was`)
    }
    const heard = await links.within(bank.code, async (session) => {
      for (const batch of written) {
        await session.deliver(fileNameOf(batch.id), copyOf(batch.id))
        if (await moveBatch(pool, batch, ['written'], { state: 'sent' }, clock.now())) {
          report('debit-batch-sent', { merchantId: batch.merchantId, batch: batch.id })
        }
      }
    })
    if (heard.kind === 'no-answer') report('bank-files-away', { bank: bank.code, why: heard.why })
  }

  return {
    async announceDue() {
      const notice = new Map(banks().map(({ code, debits }) => [code, debits.noticeDays]))
      const at = clock.now()
      const due = await unannounced(pool, { zone: settings.TIME_ZONE, notice, at, limit: ANNOUNCED_AT_ONCE })
      for (const { debit, collectAt } of due) {
        const { merchantId, paymentId } = debit
        const [payment, mandate] = await Promise.all([
          findPayment(merchantId, paymentId),
          mandates.find(merchantId, debit.mandateId),
        ])
        invariant(payment && mandate, 'a debit has its payment and its mandate')
        const creditor = mandates.collecting(debit.amount.currency)
        const mail = composeDebitMail(payment, {
          ...{ topic: 'debit-notice', amount: debit.amount.amount, collectOn: dayIn(settings.TIME_ZONE, collectAt) },
          ...{ mandate: mandateReference(mandate.id), account: mandate.lastFour },
          creditor: creditor ? `${creditor.holder} (${creditor.debits.creditorId})` : '',
          at,
        })
        const outbox = JSON.stringify([{ merchantId, paymentId, messages: mail }], bigintAsText)
        await announce(pool, debit, { collectAt, outbox, at })
      }
      return due.length === ANNOUNCED_AT_ONCE
    },

    async collectDue() {
      for (const bank of banks()) {
        for (const merchantId of await merchantsDue(pool, bank.code, clock.now(), BATCHES_AT_ONCE)) {
          await claim(merchantId, bank, false)
        }
        // Of two who bring the same file at once, one would give its name to what the other has only begun to write.
        await aloneAt(pool, 'debit-files', bank.code, async () => {
          await writeClaimed(bank)
          await sendWritten(bank)
        })
      }
    },

    async claimNow(merchantId) {
      let taken = 0
      for (const bank of banks()) taken += await claim(merchantId, bank, true)
      return taken
    },

    list: (merchantId, page) => listBatches(pool, merchantId, page),
    find: async (merchantId, id) => (await listBatches(pool, merchantId, { limit: 1, id }))[0],
    lines: (merchantId, id, page) => linesOfBatch(pool, merchantId, id, page),
    reports: (merchantId, id) => reportsOfBatch(pool, merchantId, id),

    async copy(merchantId, id) {
      const batch = await findBatch(pool, id)
      if (batch?.merchantId !== merchantId || (await digestOf(copyOf(id))) === undefined) return undefined
      return createReadStream(copyOf(id))
    },
  }
}
