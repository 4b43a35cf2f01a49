import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import type { Clock } from '../clock'
import { aloneAt } from '../db/alone'
import type { BankFilesSettings } from '../link-settings'
import type { BankFileLinks } from '../gateways/bank-files/bank-files'
import { type Uuid, uuidAt } from '../ids'
import { amountOf } from '../iso20022/amount'
import { pain001 } from '../iso20022/pain-001'
import { type Tree, writeMessage } from '../iso20022/write-message'
import { decimalOf } from '../money/decimal'
import { isIban } from '../iso20022/iban'
import {
  filesIn,
  keepContent,
  noteDelivered,
  type Heard,
  type OrderCode,
  type PayoutFile,
  type TransferAnswer,
  undelivered,
} from './file-store'

/** A file this long is small enough to be looked at, and to be held in memory (under a megabyte). */
const MOST_IN_FILE = 1_000
const PAGE = 200
const FILES_A_RUN = 20

export interface OrderParts {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly banks: readonly BankFilesSettings[]
  readonly links: BankFileLinks
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** Where a transfer of an order is found again. */
export interface TransferPlace {
  readonly merchantId: Uuid
  readonly id: Uuid
}

/** One transfer as the order names it, with its account opened: never log it. */
export interface OrderedTransfer extends TransferPlace {
  /** Minor units. */
  readonly amount: bigint
  /** The payee's bank: by its number in clearing, or by its BIC. Absent where the account says it. */
  readonly agent?: { readonly memberId: string } | { readonly bic: string } | undefined
  readonly holder: string
  /** An IBAN, or the bank's own number. */
  readonly number: string
  /** What the payee reads. */
  readonly text: string
}

/** Transfers of one kind: what of them is due, and what becomes of them. */
export interface OrderKind {
  readonly code: OrderCode
  /** How its files are told from others at a bank, on the way out and back. */
  readonly prefix: string
  /** Which bank pays, in which currency. */
  payers(banks: readonly BankFilesSettings[]): readonly BankFilesSettings[]
  /** Claims what is due for a new file; how many, none when nothing is due. */
  claim(file: {
    id: Uuid
    bank: string
    currency: BankFilesSettings['currency']
    name: string
    most: number
    at: Date
  }): Promise<number>
  /** The transfers of a file, a page after one of them, always in the same order. */
  transfers(file: PayoutFile, after: TransferPlace | undefined, limit: number): Promise<readonly OrderedTransfer[]>
  /** The same without opening anything. */
  places(fileId: Uuid, after: TransferPlace | undefined, limit: number): Promise<readonly TransferPlace[]>
  /** Whose transfer it is that a reference names. */
  find(fileId: Uuid, id: Uuid): Promise<TransferPlace | undefined>
  answer(place: TransferPlace, answer: TransferAnswer): Promise<Heard>
}

/** An identifier in 32 characters that every bank gives back. */
const referenceOf = (id: Uuid): string => id.replaceAll('-', '')

/**
 * Orders what is due from our bank: transfers are claimed for a file, its bytes are kept, and then they are delivered under one
 * name until the bank has them. A transfer is in one file, and a file that is sent again is the same.
 * @returns whether there is more to do at once
 */
export async function orderDue(kind: OrderKind, parts: OrderParts): Promise<boolean> {
  const { pool, clock, banks, report } = parts
  let isFull = false
  for (const bank of kind.payers(banks)) {
    const { currency } = bank
    const at = clock.now()
    const id = uuidAt(at)
    const day = at.toISOString().slice(0, 10).replaceAll('-', '')
    const name = `${kind.prefix}${day}-${referenceOf(id)}.pain001.xml`
    const claimed = await kind.claim({ id, bank: bank.code, currency, name, most: MOST_IN_FILE, at })
    isFull ||= claimed === MOST_IN_FILE
  }
  for (const file of await filesIn(pool, kind.code, 'claimed', FILES_A_RUN)) {
    const bank = banks.find(({ code }) => code === file.bank)
    if (bank) await keepContent(pool, file.id, await written(file, bank, kind))
    else report('payout-bank-unknown', { file: file.name, bank: file.bank })
  }
  for (const file of await filesIn(pool, kind.code, 'written', FILES_A_RUN)) {
    if (!banks.some(({ code }) => code === file.bank)) continue
    // Of two who bring the same file at once, one would give its name to what the other has only begun to write.
    await aloneAt(pool, 'order-files', file.id, () => deliver(file, parts))
  }
  return isFull
}

/** The file's bytes: the same for the same file, whoever writes it. */
async function written(file: PayoutFile, bank: BankFilesSettings, kind: OrderKind): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of writeMessage(pain001, orderOf(file, bank, kind))) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

function orderOf(file: PayoutFile, bank: BankFilesSettings, kind: OrderKind): Tree {
  const us = { Nm: bank.holder }
  const totals = { NbOfTxs: String(file.payouts), CtrlSum: decimalOf(file.total, file.currency) }
  return {
    GrpHdr: { MsgId: referenceOf(file.id), CreDtTm: file.createdAt.toISOString(), ...totals, InitgPty: us },
    PmtInf: {
      ...{ PmtInfId: referenceOf(file.id), PmtMtd: 'TRF', ...totals },
      ReqdExctnDt: { Dt: file.createdAt.toISOString().slice(0, 10) },
      ...{ Dbtr: us, DbtrAcct: accountOf(bank.account) },
      DbtrAgt: { FinInstnId: bank.bic ? { BICFI: bank.bic } : { Othr: { Id: bank.code } } },
      ChrgBr: 'SLEV',
      CdtTrfTxInf: transfersOf(file, kind),
    },
  }
}

async function* transfersOf(file: PayoutFile, kind: OrderKind): AsyncGenerator<Tree> {
  let after: OrderedTransfer | undefined
  for (;;) {
    const page = await kind.transfers(file, after, PAGE)
    for (const { id, amount, agent, holder, number, text } of page) {
      yield {
        PmtId: { EndToEndId: referenceOf(id) },
        Amt: { InstdAmt: amountOf({ amount, currency: file.currency }) },
        ...(agent && {
          CdtrAgt: {
            FinInstnId: 'bic' in agent ? { BICFI: agent.bic } : { ClrSysMmbId: { MmbId: agent.memberId } },
          },
        }),
        ...{ Cdtr: { Nm: holder }, CdtrAcct: accountOf(number) },
        RmtInf: { Ustrd: text },
      }
    }
    after = page.at(-1)
    if (page.length < PAGE) return
  }
}

const accountOf = (number: string): Tree => ({ Id: isIban(number) ? { IBAN: number } : { Othr: { Id: number } } })

async function deliver(file: PayoutFile, { pool, clock, links, report }: OrderParts): Promise<void> {
  const content = await undelivered(pool, file.id)
  if (!content) return
  const folder = await mkdtemp(path.join(tmpdir(), 'moa-payout-'))
  try {
    const local = path.join(folder, file.name)
    await writeFile(local, content, { mode: 0o600 })
    const heard = await links.within(file.bank, ({ deliver: put }) => put(file.name, local))
    if (heard.kind === 'heard') await noteDelivered(pool, file.id, clock.now())
    else report('payout-file-not-delivered', { file: file.name, why: heard.why })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
