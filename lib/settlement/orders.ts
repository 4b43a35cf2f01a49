import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { BankFilesSettings } from '../env'
import type { BankFileLinks } from '../gateways/bank-files/bank-files'
import { type Uuid, uuidAt } from '../ids'
import { amountOf } from '../iso20022/amount'
import { pain001 } from '../iso20022/pain-001'
import { type Tree, writeMessage } from '../iso20022/write-message'
import { decimalOf } from '../money/decimal'
import { isIban } from '../iso20022/iban'
import {
  claimFile,
  contentOf,
  filesIn,
  keepContent,
  noteDelivered,
  type OrderedPayout,
  type PayoutFile,
  payoutsOf,
} from './file-store'

/** A file this long is small enough to be looked at, and to be held in memory (under a megabyte). */
const MOST_IN_FILE = 1_000
const PAGE = 200
const FILES_A_RUN = 20

export interface OrderParts {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly vault: Pick<Vault, 'open'>
  readonly banks: readonly BankFilesSettings[]
  readonly links: BankFileLinks
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** How our orders are told from other files at a bank, on the way out and back. */
export const ORDER_PREFIX = 'MOAPO-'
/** An identifier in 32 characters that every bank gives back. */
export const referenceOf = (id: Uuid): string => id.replaceAll('-', '')

/**
 * Orders what is due from our bank: payouts are claimed for a file, its bytes are kept, and then they are delivered under one
 * name until the bank has them. A payout is in one file, and a file that is sent again is the same.
 * @returns whether there is more to do at once
 */
export async function orderDue(parts: OrderParts): Promise<boolean> {
  const { pool, clock, banks, report } = parts
  let isFull = false
  for (const currency of new Set(banks.map((bank) => bank.currency))) {
    const bank = banks.find((each) => each.currency === currency)!
    const at = clock.now()
    const id = uuidAt(at)
    const day = at.toISOString().slice(0, 10).replaceAll('-', '')
    const name = `${ORDER_PREFIX}${day}-${referenceOf(id)}.pain001.xml`
    const claimed = await claimFile(pool, { id, bank: bank.code, currency, name, most: MOST_IN_FILE, at })
    isFull ||= claimed === MOST_IN_FILE
  }
  for (const file of await filesIn(pool, 'claimed', FILES_A_RUN)) {
    const bank = banks.find(({ code }) => code === file.bank)
    if (bank) await keepContent(pool, file.id, await written(file, bank, parts))
    else report('payout-bank-unknown', { file: file.name, bank: file.bank })
  }
  for (const file of await filesIn(pool, 'written', FILES_A_RUN)) {
    if (banks.some(({ code }) => code === file.bank)) await deliver(file, parts)
  }
  return isFull
}

/** The file's bytes: the same for the same file, whoever writes it. */
async function written(file: PayoutFile, bank: BankFilesSettings, parts: OrderParts): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of writeMessage(pain001, orderOf(file, bank, parts))) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

function orderOf(file: PayoutFile, bank: BankFilesSettings, parts: OrderParts): Tree {
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
      CdtTrfTxInf: transfersOf(file, parts),
    },
  }
}

async function* transfersOf(file: PayoutFile, { pool, vault }: OrderParts): AsyncGenerator<Tree> {
  let after: OrderedPayout | undefined
  for (;;) {
    const page = await payoutsOf(pool, file.id, after, PAGE)
    for (const payout of page) {
      const number = vault.open({ kind: 'payout-account', ownerId: payout.merchantId, id: payout.accountId }, payout)
      yield {
        PmtId: { EndToEndId: referenceOf(payout.id) },
        Amt: { InstdAmt: amountOf({ amount: payout.amount, currency: file.currency }) },
        CdtrAgt: { FinInstnId: { ClrSysMmbId: { MmbId: payout.bank } } },
        ...{ Cdtr: { Nm: payout.holder }, CdtrAcct: accountOf(number) },
        RmtInf: { Ustrd: `Moa ${payout.day}` },
      }
    }
    after = page.at(-1)
    if (page.length < PAGE) return
  }
}

const accountOf = (number: string): Tree => ({ Id: isIban(number) ? { IBAN: number } : { Othr: { Id: number } } })

async function deliver(file: PayoutFile, { pool, clock, links, report }: OrderParts): Promise<void> {
  const content = await contentOf(pool, file.id)
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
