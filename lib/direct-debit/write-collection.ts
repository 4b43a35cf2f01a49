import { amountOf } from '../iso20022/amount'
import { isIban } from '../iso20022/iban'
import { pain008 } from '../iso20022/pain-008'
import { type Tree, writeMessage } from '../iso20022/write-message'
import { decimalOf } from '../money/decimal'
import { type Debit, type DebitBatch, endToEndIdOf, mandateReference, messageIdOf, noticeIdOf } from './debit'
import { paymentInformationIdOf } from './debit'
import type { Mandate, OpenedAccount } from './mandate'
import type { CollectingBank } from './mandates'

/** A debit as its line in a file needs it. */
export interface CollectionLine {
  readonly debit: Pick<Debit, 'id' | 'orderName' | 'amount'>
  readonly tries: number
  readonly mandate: Pick<Mandate, 'id' | 'kind' | 'bank' | 'signedAt'>
  readonly account: OpenedAccount
  /** YYYY-MM-DD, when the payer was told. */
  readonly announcedOn: string
}

/** The file that asks the bank to collect a batch: pain.008.001.08, in pieces. The same batch always makes the same bytes. */
export function writeCollection(
  batch: DebitBatch,
  bank: CollectingBank,
  shop: string,
  lines: AsyncIterable<CollectionLine>,
): AsyncGenerator<string> {
  const total = { NbOfTxs: String(batch.debits), CtrlSum: decimalOf(batch.total.amount, batch.total.currency) }
  const { debits, account, holder, bic } = bank
  return writeMessage(pain008, {
    GrpHdr: {
      ...{ MsgId: messageIdOf(batch.id), CreDtTm: batch.createdAt.toISOString(), ...total },
      InitgPty: { Nm: holder, Id: { OrgId: { Othr: { Id: debits.creditorId } } } },
    },
    PmtInf: {
      ...{ PmtInfId: paymentInformationIdOf(batch.id), PmtMtd: 'DD', BtchBookg: 'true', ...total },
      ReqdColltnDt: batch.collectOn,
      Cdtr: { Nm: holder },
      CdtrAcct: { ...accountOf(account), Ccy: bank.currency },
      CdtrAgt: { FinInstnId: { BICFI: bic, ClrSysMmbId: { MmbId: debits.memberId } } },
      UltmtCdtr: { Nm: written(shop, 140) },
      ChrgBr: 'SLEV',
      CdtrSchmeId: { Id: { PrvtId: { Othr: { Id: debits.creditorId, SchmeNm: { Prtry: 'CREDITOR' } } } } },
      DrctDbtTxInf: transactions(lines, bank),
    },
  })
}

async function* transactions(lines: AsyncIterable<CollectionLine>, { debits }: CollectingBank): AsyncGenerator<Tree> {
  for await (const { debit, tries, mandate, account, announcedOn } of lines) {
    const memberId = debits.reaches.find(({ code }) => code === mandate.bank)?.memberId ?? mandate.bank
    yield {
      PmtId: { EndToEndId: endToEndIdOf(debit.id, tries) },
      PmtTpInf: { SeqTp: mandate.kind === 'one-off' ? 'OOFF' : 'RCUR' },
      InstdAmt: amountOf(debit.amount),
      DrctDbtTx: {
        MndtRltdInf: { MndtId: mandateReference(mandate.id), DtOfSgntr: mandate.signedAt.toISOString().slice(0, 10) },
        ...{ PreNtfctnId: noticeIdOf(debit.id), PreNtfctnDt: announcedOn },
      },
      DbtrAgt: { FinInstnId: { ClrSysMmbId: { MmbId: memberId } } },
      Dbtr: { Nm: written(account.holder, 140) },
      DbtrAcct: accountOf(account.number),
      RmtInf: { Ustrd: written(debit.orderName, 140) },
    }
  }
}

const accountOf = (number: string): Tree =>
  isIban(number) ? { Id: { IBAN: number } } : { Id: { Othr: { Id: number } } }

/** Text of people as a message can have it: without what no message may hold, and no longer than its element. */
function written(text: string, most: number): string {
  const kept = text.replace(/[^\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ').trim()
  return [...kept].slice(0, most).join('').trim() || '-'
}
