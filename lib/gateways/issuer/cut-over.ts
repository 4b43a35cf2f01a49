import { timeOf, traceOf } from '../../call-reference'
import { type Currency, numericCode } from '../../money/currency'
import type { Fields } from './fields'
import type { Message } from './iso8583'
import type { CutOverRequest, CutOverTotals } from './issuer'
import type { Acquirer } from './messages'

const number = (value: number): string => String(value).padStart(10, '0')
const amount = (value: bigint): string => String(value).padStart(16, '0')

/** 0500: what we have of an issuer since the last cut-over in balance, for one currency. */
export function cutOverRequest({ acquirerId }: Acquirer, { reference, currency, totals }: CutOverRequest): Message {
  const { completions, refunds, reversals } = totals
  const net = completions.amount - refunds.amount
  const at = timeOf(reference).toISOString()
  return {
    mti: '0500',
    fields: {
      7: at.slice(5, 7) + at.slice(8, 10) + at.slice(11, 13) + at.slice(14, 16) + at.slice(17, 19),
      11: traceOf(reference),
      32: acquirerId,
      49: numericCode(currency),
      74: number(refunds.count),
      75: number(0),
      76: number(completions.count),
      77: number(reversals.count),
      86: amount(refunds.amount),
      87: amount(0n),
      88: amount(completions.amount),
      89: amount(reversals.amount),
      97: net < 0n ? `C${amount(-net)}` : `D${amount(net)}`,
    },
  }
}

export type CutOverAnswer = { kind: 'heard'; inBalance: boolean; theirs: CutOverTotals } | { kind: 'no-answer' }

/** 0510: whether it agrees, and the issuer's own totals. Anything that does not say both is no answer. */
export function cutOverAnswer(currency: Currency, answer: Message | undefined): CutOverAnswer {
  const fields: Fields = answer?.fields ?? {}
  const settled = fields[66]
  const wanted = [74, 76, 77, 86, 88, 89] as const
  if ((settled !== '1' && settled !== '2') || wanted.some((field) => fields[field] === undefined))
    return { kind: 'no-answer' }
  if (fields[49] !== undefined && fields[49] !== numericCode(currency)) return { kind: 'no-answer' }
  const part = (count: (typeof wanted)[number], sum: (typeof wanted)[number]) => ({
    count: Number(fields[count]),
    amount: BigInt(fields[sum] ?? 0),
  })
  return {
    kind: 'heard',
    inBalance: settled === '1',
    theirs: { refunds: part(74, 86), completions: part(76, 88), reversals: part(77, 89) },
  }
}
