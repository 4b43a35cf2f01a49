import { z } from 'zod'
import { currencyCodes } from '../../money/currency'
import { type Money, parseMinorUnits } from '../../money/money'
import type { BankRefusal, BookingAnswer, VerifyAnswer } from './bank'

const NO_ANSWER = { kind: 'no-answer' } as const

/**
 * The profile's refusals of an account. Whoever does not know the password hears the same of an account that exists and of
 * one that does not (P6.7).
 */
const OF_ACCOUNTS: Readonly<Record<string, BankRefusal>> = {
  NO_ACCOUNT: 'wrong-account',
  WRONG_PASSWORD: 'wrong-account',
  LOCKED: 'locked',
  SUSPENDED: 'suspended',
  INSUFFICIENT: 'insufficient',
}

/** Reasons of a refused booking; a booking that is refused for another is refused all the same. */
const OF_BOOKINGS: Readonly<Record<string, BankRefusal>> = {
  INSUFFICIENT: 'insufficient',
  LOCKED: 'locked',
  SUSPENDED: 'suspended',
  LIMIT: 'over-limit',
  NO_ACCOUNT: 'not-usable',
  EXCEEDS: 'exceeds',
}

const reference = z.string().regex(/^[!-~]{1,128}$/)
const verified = z.object({ ok: z.literal(true), accountRef: reference, refused: z.undefined().optional() })
const notVerified = z.object({ refused: z.string(), ok: z.literal(false).optional() })

/** Only a yes that names the account is a yes, only a refusal of the profile is a no; all else is no answer (P3.6). */
export function readVerification(body: unknown): VerifyAnswer {
  const yes = verified.safeParse(body)
  if (yes.success) return { kind: 'verified', accountRef: yes.data.accountRef }
  const no = notVerified.safeParse(body)
  const reason = no.success ? wordFor(OF_ACCOUNTS, no.data.refused) : undefined
  return reason ? { kind: 'refused', reason } : NO_ANSWER
}

const moved = {
  amount: z.string().transform((text) => parseMinorUnits(text)),
  currency: z.enum(currencyCodes),
}
const booking = z.discriminatedUnion('state', [
  z.object({ ...moved, state: z.literal('booked'), bookedAt: z.iso.datetime({ offset: true }), bankRef: reference }),
  z.object({ ...moved, state: z.literal('refused'), reason: z.string().max(64) }),
])

/** What an answer has to be about to be one: the request's own identifiers, amount and currency. */
export interface AskedBooking {
  readonly transferId: string
  readonly reversalId?: string
  readonly amount: Money
}

/** A booking or its refusal; an answer about another transfer, amount or currency is none (P3.6). */
export function readBooking(body: unknown, asked: AskedBooking): BookingAnswer {
  const read = booking.safeParse(body)
  if (!read.success || !isAbout(body, asked)) return NO_ANSWER
  const { amount, currency } = read.data
  if (amount !== asked.amount.amount || currency !== asked.amount.currency) return NO_ANSWER
  return read.data.state === 'booked'
    ? { kind: 'booked', bankRef: read.data.bankRef }
    : { kind: 'refused', reason: wordFor(OF_BOOKINGS, read.data.reason) ?? 'refused' }
}

const named = z.object({ transferId: z.string(), reversalId: z.string().optional() })

function isAbout(body: unknown, { transferId, reversalId }: AskedBooking): boolean {
  const read = named.safeParse(body)
  return read.success && read.data.transferId === transferId && read.data.reversalId === reversalId
}

const withReversals = z.object({ reversals: z.array(z.unknown()).max(1000) })

/** The reversal of an id among those that a transfer's state lists. */
export function listedReversal(body: unknown, reversalId: string): unknown {
  const read = withReversals.safeParse(body)
  if (!read.success) return undefined
  return read.data.reversals.find((each) => z.object({ reversalId: z.literal(reversalId) }).safeParse(each).success)
}

function wordFor(table: Readonly<Record<string, BankRefusal>>, word: string): BankRefusal | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined
}
