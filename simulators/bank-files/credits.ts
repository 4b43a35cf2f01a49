/** People who pay by giro at a bank, and the credit advice (camt.054) that tells the gateway of it. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { FileBank } from './file-bank'

export const paidIn = z.strictObject({
  /** Smallest units of the account's currency. */
  amount: z.string().regex(/^[1-9][0-9]{0,14}$/),
  /** As the payer typed it: with or without spaces, right or wrong; absent when nothing was typed. */
  reference: z.string().max(60).optional(),
  /** Typed where no reference belongs. */
  message: z.string().max(140).optional(),
  payer: z.string().min(1).max(70).default('한지우'),
  payerAccount: z
    .string()
    .regex(/^[A-Z0-9]{1,34}$/)
    .default('90010000000001'),
  /** The bank's own; the same one twice is the same credit, reported twice. */
  bankReference: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,35}$/)
    .optional(),
})
export type PaidIn = z.input<typeof paidIn>

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Puts out one credit advice with what people paid in; the name of the file. */
export function adviseCredits(bank: FileBank, payments: readonly PaidIn[]): string {
  const now = new Date()
  const id = `C${now
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14)}${randomBytes(3).toString('hex').toUpperCase()}`
  const name = `${id}.camt054.xml`
  bank.publish(name, creditAdvice(bank, { id, now, payments: payments.map((each) => paidIn.parse(each)) }))
  return name
}

interface Advice {
  readonly id: string
  readonly now: Date
  readonly payments: readonly z.output<typeof paidIn>[]
}

function creditAdvice({ profile }: FileBank, { id, now, payments }: Advice): string {
  const { account, currency, bic } = profile
  const exponent = currency === 'KRW' ? 0 : 2
  const decimal = (amount: bigint) => {
    const digits = String(amount).padStart(exponent + 1, '0')
    return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
  }
  const total = payments.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
  const at = now.toISOString()
  const day = at.slice(0, 10)
  const entries = payments.map((each, index) => {
    const bankReference = each.bankReference ?? `${id}-${index + 1}`
    const remittance = [
      ...(each.reference === undefined
        ? []
        : [
            `<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${escaped(each.reference)}</Ref></CdtrRefInf></Strd>`,
          ]),
    ].join('')
    const unstructured = each.message === undefined ? '' : `<Ustrd>${escaped(each.message)}</Ustrd>`
    const told = unstructured + remittance
    return `<Ntry><NtryRef>${index + 1}</NtryRef><Amt Ccy="${currency}">${decimal(BigInt(each.amount))}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt><AcctSvcrRef>${bankReference}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><AcctSvcrRef>${bankReference}</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="${currency}">${decimal(BigInt(each.amount))}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>${escaped(each.payer)}</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>${each.payerAccount}</Id></Othr></Id></DbtrAcct></RltdPties>${told === '' ? '' : `<RmtInf>${told}</RmtInf>`}</TxDtls></NtryDtls></Ntry>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>${id}</MsgId><CreDtTm>${at}</CreDtTm></GrpHdr><Ntfctn><Id>${id}-N</Id><CreDtTm>${at}</CreDtTm><Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>${currency}</Ccy><Svcr><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></Svcr></Acct><TxsSummry><TtlCdtNtries><NbOfNtries>${payments.length}</NbOfNtries><Sum>${decimal(total)}</Sum></TtlCdtNtries></TxsSummry>${entries.join('')}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
`
}
