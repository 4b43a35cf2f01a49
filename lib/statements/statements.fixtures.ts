import { decimalOf } from '../money/decimal'

/** A statement as a bank might write it, by default one that adds up. */
export interface WrittenStatement {
  readonly id?: string
  readonly message?: string
  readonly account?: string
  readonly currency?: 'KRW' | 'USD'
  readonly sequence?: number
  readonly opening?: bigint
  readonly closing?: bigint
  readonly period?: readonly [from: string, until: string]
  readonly summary?: string
  readonly lines?: readonly WrittenLine[]
  /** Put in place of what the lines would be. */
  readonly entries?: string
}

export interface WrittenLine {
  readonly ref: string
  /** Minor units; negative what leaves the account. */
  readonly amount: bigint
  readonly endToEnd?: string
  /** Who is on the other side, and what they wrote. */
  readonly party?: { readonly name?: string; readonly account?: string }
  readonly words?: string
}

export const OUR_ACCOUNT = { account: '90010000000099', currency: 'KRW' } as const

/** A statement of an account (camt.053), written without the code that reads it. */
export function aStatement({
  id = 'ST-1',
  message = 'camt.053.001.08',
  account = OUR_ACCOUNT.account,
  currency = 'KRW',
  sequence,
  opening = 0n,
  lines = [],
  closing = lines.reduce((sum, { amount }) => sum + amount, opening),
  period,
  summary = '',
  entries,
}: WrittenStatement = {}): string {
  const money = (value: bigint) =>
    `<Amt Ccy="${currency}">${decimalOf(value < 0n ? -value : value, currency)}</Amt><CdtDbtInd>${value < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`
  const balance = (kind: string, value: bigint) =>
    `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp>${money(value)}<Dt><Dt>2026-11-20</Dt></Dt></Bal>`
  const party = ({ amount, party: { name, account: from } = {} }: WrittenLine) => {
    const side = amount > 0n ? 'Dbtr' : 'Cdtr'
    const who = name === undefined ? '' : `<${side}><Pty><Nm>${name}</Nm></Pty></${side}>`
    const where = from === undefined ? '' : `<${side}Acct><Id><Othr><Id>${from}</Id></Othr></Id></${side}Acct>`
    return who + where === '' ? '' : `<RltdPties>${who}${where}</RltdPties>`
  }
  const said = ({ words }: WrittenLine) => (words === undefined ? '' : `<RmtInf><Ustrd>${words}</Ustrd></RmtInf>`)
  const written = lines.map((line) => {
    const { ref, amount, endToEnd = 'NOTPROVIDED' } = line
    return `<Ntry>${money(amount)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>${ref}</AcctSvcrRef><BkTxCd/><NtryDtls><TxDtls><Refs><EndToEndId>${endToEnd}</EndToEndId></Refs>${party(line)}${said(line)}</TxDtls></NtryDtls></Ntry>`
  })
  const hours = period ? `<FrToDt><FrDtTm>${period[0]}</FrDtTm><ToDtTm>${period[1]}</ToDtTm></FrToDt>` : ''
  const number = sequence === undefined ? '' : `<ElctrncSeqNb>${sequence}</ElctrncSeqNb>`
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:${message}"><BkToCstmrStmt><GrpHdr><MsgId>${id}</MsgId><CreDtTm>2026-11-20T23:59:00Z</CreDtTm></GrpHdr><Stmt><Id>${id}</Id>${number}${hours}<Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>${currency}</Ccy></Acct>${balance('OPBD', opening)}${balance('CLBD', closing)}${summary}${entries ?? written.join('')}</Stmt></BkToCstmrStmt></Document>`
}
