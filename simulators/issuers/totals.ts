/** Sums of what an issuer has done for an acquirer, since the last settlement in balance and for ever (DE74-77, 86-89, 97). */
import type { Message } from './iso8583'

export interface Totals {
  refunds: { count: number; amount: bigint }
  completions: { count: number; amount: bigint }
  reversals: { count: number; amount: bigint }
}

export type Counted = keyof Totals

export function noTotals(): Totals {
  const nothing = () => ({ count: 0, amount: 0n })
  return { refunds: nothing(), completions: nothing(), reversals: nothing() }
}

export function count(totals: Totals, what: Counted, amount: bigint): void {
  totals[what].count++
  totals[what].amount += amount
}

const number = (value: number): string => String(value).padStart(10, '0')
const amount = (value: bigint): string => String(value).padStart(16, '0')

/**
 * Our side of a reconciliation. Completions are debits, refunds credits, reversals of authorizations debit reversals;
 * nothing here reverses a credit. A reversed authorization moved no money, so that the net amount is completions less refunds.
 */
export function settlementFields(totals: Totals): Readonly<Record<number, string>> {
  const net = totals.completions.amount - totals.refunds.amount
  return {
    74: number(totals.refunds.count),
    75: number(0),
    76: number(totals.completions.count),
    77: number(totals.reversals.count),
    86: amount(totals.refunds.amount),
    87: amount(0n),
    88: amount(totals.completions.amount),
    89: amount(totals.reversals.amount),
    97: net < 0n ? `C${amount(-net)}` : `D${amount(net)}`,
  }
}

/** What an answer in balance comes to (DE97); nothing where both sides do not agree. */
export function agreedNet({ settlement }: { readonly settlement?: Readonly<Record<number, string>> }): bigint {
  if (settlement?.[66] !== '1') return 0n
  const net = settlement[97] ?? 'D0'
  return net.startsWith('C') ? -BigInt(net.slice(1)) : BigInt(net.slice(1))
}

/** True when the acquirer's totals are ours. A net of nothing may be written as credit or debit. */
export function inBalance(request: Message, ours: Readonly<Record<number, string>>): boolean {
  return Object.entries(ours).every(([field, value]) => {
    const theirs = request.fields[Number(field)]
    return theirs === value || (field === '97' && /^[CD]0{16}$/.test(value) && /^[CD]0{16}$/.test(theirs ?? ''))
  })
}
