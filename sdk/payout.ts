import { readAmount, readList, readRecord, readSigned, readText } from './read-answer'

/** What your shop is paid for what was booked until a moment. Amounts are smallest units; negative is taken from you. */
export interface Payout {
  readonly id: string
  readonly currency: string
  /** The day of your schedule, YYYY-MM-DD. */
  readonly day: string
  readonly until: string
  /** `blocked`: a payment in it is being looked into. `carried`: too little, it is part of the next one. */
  readonly state: 'collecting' | 'blocked' | 'waiting' | 'carried' | 'due' | 'filed' | 'accepted' | 'paid' | 'rejected'
  readonly reason?: string
  /** How many postings are in it. */
  readonly lines: number
  readonly sold: bigint
  readonly refunded: bigint
  /** With their tax. */
  readonly fees: bigint
  readonly other: bigint
  readonly carriedIn: bigint
  readonly reserved: bigint
  readonly released: bigint
  readonly net: bigint
  /** What is paid; 0 until it is due. */
  readonly amount: bigint
  readonly createdAt: string
  /** YYYY-MM-DD on which the bank booked it, by its own statement; only from `retrieve`. */
  readonly bookedOn?: string
}

export interface PayoutPage {
  readonly payouts: readonly Payout[]
  readonly next: string | null
}

/** One posting: each is in one payout and no other. */
export interface PayoutLine {
  readonly id: string
  readonly kind: string
  readonly paymentId?: string
  readonly orderRef?: string
  readonly amount: bigint
  readonly at: string
}

export interface PayoutLinePage {
  readonly lines: readonly PayoutLine[]
  readonly next: string | null
}

/** Value added tax of a month, taking every sale for taxed. */
export interface MonthVat {
  readonly supply: bigint
  readonly output: bigint
  /** On our fees. */
  readonly input: bigint
  readonly due: bigint
}

export interface ProfitMonth {
  /** YYYY-MM */
  readonly month: string
  readonly sales: number
  readonly sold: bigint
  readonly refunded: bigint
  readonly chargedBack: bigint
  readonly fees: bigint
  readonly feeVat: bigint
  readonly other: bigint
  /** What remains of the sales. */
  readonly left: bigint
  /** Of won alone. */
  readonly vat?: MonthVat
}

/** @throws UnreadableAnswer */
export function readPayout(value: unknown): Payout {
  const given = readRecord(value)
  for (const name of ['id', 'state', 'day']) readText(given[name])
  const signed = (name: string) => readSigned(given[name])
  return {
    ...(given as unknown as Payout),
    ...{ sold: signed('sold'), refunded: signed('refunded'), fees: signed('fees'), other: signed('other') },
    ...{ carriedIn: signed('carriedIn'), net: signed('net'), reserved: readAmount(given['reserved']) },
    ...{ released: readAmount(given['released']), amount: readAmount(given['amount']) },
  }
}

const readNext = (next: unknown): string | null => (next === null ? null : readText(next))

/** @throws UnreadableAnswer */
export function readPayoutPage(value: unknown): PayoutPage {
  const { payouts, next } = readRecord(value)
  return { payouts: readList(payouts, readPayout), next: readNext(next) }
}

/** @throws UnreadableAnswer */
export function readPayoutLinePage(value: unknown): PayoutLinePage {
  const { lines, next } = readRecord(value)
  const read = (line: unknown) => {
    const given = readRecord(line)
    readText(given['id'])
    return { ...(given as unknown as PayoutLine), amount: readSigned(given['amount']) }
  }
  return { lines: readList(lines, read), next: readNext(next) }
}

/** @throws UnreadableAnswer */
export function readProfit(value: unknown): readonly ProfitMonth[] {
  return readList(readRecord(value)['months'], (month) => {
    const given = readRecord(month)
    readText(given['month'])
    const signed = (name: string) => readSigned(given[name])
    return {
      ...(given as unknown as ProfitMonth),
      ...{ sold: signed('sold'), refunded: signed('refunded'), chargedBack: signed('chargedBack') },
      ...{ fees: signed('fees'), feeVat: signed('feeVat'), other: signed('other'), left: signed('left') },
      ...(given['vat'] !== undefined && { vat: readVat(given['vat']) }),
    }
  })
}

function readVat(value: unknown): MonthVat {
  const { supply, output, input, due } = readRecord(value)
  return { supply: readSigned(supply), output: readSigned(output), input: readSigned(input), due: readSigned(due) }
}
