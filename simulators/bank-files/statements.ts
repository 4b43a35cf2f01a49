/**
 * A bank's statements of the gateway's account (camt.053): what came in by giro, what was collected and taken back, what was
 * paid out and came back. All of it is read from the bank's own files, so that a statement never tells another story than they
 * do; what an earlier one has told is not told again.
 */
import { z } from 'zod'
import type { Bank } from '../bank/bank'
import type { DebitCollector } from './debits'
import type { FileBank } from './file-bank'
import type { PayoutDesk } from './payout-desk'
import { decimal } from './read-debits'
import { passOnTransfers } from './settlements'

const signed = z.string().regex(/^-?[1-9][0-9]{0,14}$/)

export const statementWish = z.strictObject({
  /** A movement that nobody ordered; smallest units, negative what leaves the account. */
  strangers: z.array(z.strictObject({ amount: signed, about: z.string().max(100).default('') })).optional(),
  /** References whose movements the bank forgets to tell. */
  leaveOut: z.array(z.string()).optional(),
  /** References whose movements the bank has booked twice. */
  twice: z.array(z.string()).optional(),
  /** Added to each amount of these references. */
  wrong: z.record(z.string(), signed).optional(),
  /** A number is left out before this statement. */
  skips: z.boolean().optional(),
  /** The closing balance is a won too high. */
  miscounts: z.boolean().optional(),
  /** Debits as one sum a file, without their transactions. */
  asSums: z.boolean().optional(),
  /** What came back carries a reference of the bank's own; only its words name what it was. */
  renamesReturns: z.boolean().optional(),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
})
export type StatementWish = z.input<typeof statementWish>

/** What the bank has booked on the account. */
interface Movement {
  readonly bankRef: string
  readonly reference: string
  readonly amount: bigint
  readonly about: string
  /** Who is on the other side, where the bank tells of it apart. */
  readonly party?: { readonly name: string; readonly account: string }
  readonly isBack?: boolean
  /** The order it belongs to, where the bank may book the order as one sum. */
  readonly batch?: string
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
/** With its sign, what a statement ends with. */
function closingOf(content: string): bigint {
  const [, amount = '0', way = ''] =
    /<Cd>CLBD<[\s\S]*?<Amt [^>]*>([0-9.]+)<\/Amt><CdtDbtInd>([A-Z]+)/.exec(content) ?? []
  const value = BigInt(amount.replace('.', ''))
  return way === 'DBIT' ? -value : value
}

const inside = (text: string, name: string) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(text)?.[1] ?? ''

/** As the other side of a movement: a debtor of what comes in, a creditor of what goes out. */
function partyOf({ amount, party }: Movement): string {
  if (!party) return ''
  const side = amount > 0n ? 'Dbtr' : 'Cdtr'
  const who = `<${side}><Pty><Nm>${escaped(party.name)}</Nm></Pty></${side}>`
  return `<RltdPties>${who}<${side}Acct><Id><Othr><Id>${party.account}</Id></Othr></Id></${side}Acct></RltdPties>`
}

export class StatementDesk {
  constructor(
    readonly bank: FileBank,
    private readonly payouts: PayoutDesk,
    private readonly debits: DebitCollector,
    /** Banks that pass on what has come to the gateway's account there. */
    private readonly others: readonly Bank[],
  ) {}

  /** Puts out a statement of what was booked since the last one; the name of the file. */
  write(wish: StatementWish = {}): string {
    passOnTransfers(this.bank, this.others)
    const earlier = this.bank.published.filter(({ name }) => name.endsWith('.camt053.xml'))
    const last = earlier.at(-1)
    const sequence = Number(/<ElctrncSeqNb>([0-9]+)/.exec(last?.content ?? '')?.[1] ?? 0) + (wish.skips ? 2 : 1)
    const opening = closingOf(last?.content ?? '')
    const told = new Set(
      earlier.flatMap(({ content }) =>
        [...content.matchAll(/<(?:TxDtls><Refs><AcctSvcrRef|PmtInfId)>([^<]*)/g)].map(([, each = '']) => each),
      ),
    )
    const own = this.movements().filter(
      ({ bankRef, reference, batch = '' }) =>
        !told.has(bankRef) && !told.has(batch) && !wish.leaveOut?.includes(reference),
    )
    const id = `S${String(sequence).padStart(6, '0')}${Date.now().toString(36).toUpperCase()}`
    const strangers = (wish.strangers ?? []).map(({ amount, about = '' }, index) => ({
      ...{ bankRef: `${id}-${index + 1}`, reference: 'NOTPROVIDED', amount: BigInt(amount), about },
    }))
    const booked = [...own, ...strangers].flatMap((each) => {
      const told =
        wish.renamesReturns && 'isBack' in each && each.isBack
          ? { ...each, reference: `RTN-${each.bankRef.slice(-12)}`, about: `반환 ${each.reference} ${each.about}` }
          : each
      const changed = { ...told, amount: each.amount + BigInt(wish.wrong?.[each.reference] ?? 0) }
      return wish.twice?.includes(each.reference)
        ? [changed, { ...changed, bankRef: `${changed.bankRef.slice(0, 33)}-2` }]
        : [changed]
    })
    const name = `${id}.camt053.xml`
    this.bank.publish(name, this.document({ id, sequence, opening, booked, wish }))
    return name
  }

  private movements(): Movement[] {
    const credits = this.bank.published
      .filter(({ name }) => name.endsWith('.camt054.xml'))
      .flatMap(({ content }) => [...content.matchAll(/<Ntry>([\s\S]*?)<\/Ntry>/g)])
      .map(([, text = '']) => ({
        ...{ bankRef: inside(text, 'AcctSvcrRef'), reference: 'NOTPROVIDED', about: '' },
        party: { name: inside(text, 'Nm'), account: inside(/<DbtrAcct>.*<\/DbtrAcct>/.exec(text)?.[0] ?? '', 'Id') },
        amount: BigInt(inside(text, 'Amt').replace('.', '')),
      }))
    const unique = [...new Map(credits.map((each) => [each.bankRef, each])).values()]
    const moved = this.bank.moves.map(({ reference, amount, name, account, words }) => ({
      ...{ bankRef: reference, reference: 'NOTPROVIDED', amount, about: words, party: { name, account } },
    }))
    return [...unique, ...moved, ...this.paidOut(), ...this.collected()]
  }

  private paidOut(): Movement[] {
    return this.payouts.book().flatMap(({ reference, amount, holder, wasPaid, status, order }) => {
      if (!wasPaid) return []
      const out = { bankRef: `T${reference}`, reference, amount: -BigInt(amount), about: holder, batch: order }
      const back = { bankRef: `R${reference}`, reference, amount: BigInt(amount), about: holder, isBack: true }
      return status === 'RJCT' ? [out, back] : [out]
    })
  }

  private collected(): Movement[] {
    return [...this.debits.debits.values()].flatMap(({ reference, amount, payer, state, informationId }) => {
      const into = { bankRef: `C${reference.slice(-34)}`, reference, amount, about: payer, batch: informationId }
      const back = { bankRef: `B${reference.slice(-34)}`, reference, amount: -amount, about: payer, isBack: true }
      return state === 'collected' ? [into] : state === 'returned' ? [into, back] : []
    })
  }

  private document(made: {
    readonly id: string
    readonly sequence: number
    readonly opening: bigint
    readonly booked: readonly Movement[]
    readonly wish: StatementWish
  }): string {
    const { id, sequence, opening, booked, wish } = made
    const { account, currency, bic } = this.bank.profile
    const at = new Date().toISOString()
    const day = at.slice(0, 10)
    const closing = booked.reduce((sum, { amount }) => sum + amount, opening) + (wish.miscounts ? 1n : 0n)
    const amount = (value: bigint) =>
      `<Amt Ccy="${currency}">${decimal(value < 0n ? -value : value, currency)}</Amt><CdtDbtInd>${value < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`
    const balance = (kind: string, value: bigint) =>
      `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp>${amount(value)}<Dt><Dt>${day}</Dt></Dt></Bal>`
    const batches = new Set(wish.asSums ? booked.flatMap(({ batch }) => batch ?? []) : [])
    const details = (each: Movement) =>
      `<TxDtls><Refs><AcctSvcrRef>${each.bankRef}</AcctSvcrRef><EndToEndId>${escaped(each.reference)}</EndToEndId></Refs>${amount(each.amount)}${partyOf(each)}${
        each.about === '' ? '' : `<AddtlTxInf>${escaped(each.about)}</AddtlTxInf>`
      }</TxDtls>`
    const entry = (value: bigint, ref: string, inner: string) =>
      `<Ntry>${amount(value)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><AcctSvcrRef>${ref}</AcctSvcrRef><BkTxCd/>${inner}</Ntry>`
    const entries = [
      ...booked
        .filter(({ batch }) => batch === undefined || !batches.has(batch))
        .map((each) => entry(each.amount, each.bankRef, `<NtryDtls>${details(each)}</NtryDtls>`)),
      ...[...batches].map((batch) => {
        const many = booked.filter((each) => each.batch === batch)
        const sum = many.reduce((total, each) => total + each.amount, 0n)
        const inner = `<NtryDtls><Btch><PmtInfId>${batch}</PmtInfId><NbOfTxs>${many.length}</NbOfTxs></Btch></NtryDtls>`
        return entry(sum, batch.slice(0, 35), inner)
      }),
    ]
    const period =
      wish.from && wish.until ? `<FrToDt><FrDtTm>${wish.from}</FrDtTm><ToDtTm>${wish.until}</ToDtTm></FrToDt>` : ''
    return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>${id}</MsgId><CreDtTm>${at}</CreDtTm></GrpHdr><Stmt><Id>${id}</Id><ElctrncSeqNb>${sequence}</ElctrncSeqNb><CreDtTm>${at}</CreDtTm>${period}<Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>${currency}</Ccy><Svcr><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></Svcr></Acct>${balance('OPBD', opening)}${balance('CLBD', closing)}<TxsSummry><TtlNtries><NbOfNtries>${entries.length}</NbOfNtries></TtlNtries></TxsSummry>${entries.join('')}</Stmt></BkToCstmrStmt></Document>
`
  }
}
