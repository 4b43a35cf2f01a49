import type { FieldNumber } from './fields'
import type { Message } from './iso8583'
import type { IssuerAnswer, IssuerRefusal } from './issuer'

/** An issuer's no, by response code (DE39). README.md shows the same table with its reasons. */
export const refusals: Readonly<Record<string, IssuerRefusal>> = {
  '05': 'declined',
  '14': 'no-such-card',
  '25': 'original-not-found',
  '30': 'format-error',
  '41': 'lost-or-stolen',
  '43': 'lost-or-stolen',
  '51': 'insufficient-funds',
  '54': 'expired-card',
  '57': 'not-permitted',
  '61': 'limit-exceeded',
  '62': 'not-permitted',
  '65': 'limit-exceeded',
  '75': 'pin-tries-exceeded',
  '91': 'try-later',
  '94': 'duplicate',
  '96': 'try-later',
}

const APPROVED = '00'
const ORIGINAL_NOT_FOUND = '25'
const NO_ANSWER = { kind: 'no-answer' } as const

/** Amount, retrieval reference and currency: an answer that does not repeat them is not known to speak of our request. */
const echoed: readonly FieldNumber[] = [4, 37, 49]
/** Card, processing code, terminal and shop: where an answer repeats them, they are ours. */
const echoedIfPresent: readonly FieldNumber[] = [2, 3, 41, 42]

/**
 * An answer in our words. Only an explicit yes is approved and only a known no is refused; silence, an unknown code, a
 * missing field or anything that is not what we sent is no answer (P3.6).
 */
function verdict(request: Message, answer: Message | undefined): IssuerAnswer<object> {
  const code = answer?.fields[39]
  if (!answer || code === undefined || !isAboutOurs(request, answer)) return NO_ANSWER
  if (code === APPROVED) return { kind: 'approved' }
  const reason = Object.hasOwn(refusals, code) ? refusals[code] : undefined
  return reason ? { kind: 'refused', reason } : NO_ANSWER
}

/** Type, time, STAN and acquirer were compared when the answer was matched. */
function isAboutOurs({ fields: sent }: Message, { fields: got }: Message): boolean {
  return (
    echoed.every((field) => got[field] === sent[field]) &&
    echoedIfPresent.every((field) => got[field] === undefined || got[field] === sent[field])
  )
}

/** 0110 to an authorization. An approval without its authorization id (DE38) cannot be completed: no answer. */
export function authorizationAnswer(
  request: Message,
  answer: Message | undefined,
): IssuerAnswer<{ authorizationId: string }> {
  const said = verdict(request, answer)
  if (said.kind !== 'approved') return said
  const authorizationId = answer?.fields[38]
  return authorizationId ? { kind: 'approved', authorizationId } : NO_ANSWER
}

/** 0230 to a completion, 0210 to a refund. */
export function plainAnswer(request: Message, answer: Message | undefined): IssuerAnswer<object> {
  return verdict(request, answer)
}

/** 0410. An issuer that knows no such authorization holds nothing: the reversal is done. */
export function reversalAnswer(request: Message, answer: Message | undefined): IssuerAnswer<object> {
  const said = verdict(request, answer)
  if (said.kind === 'refused' && answer?.fields[39] === ORIGINAL_NOT_FOUND) return { kind: 'approved' }
  return said
}

/** 0110 to a balance inquiry. */
export function inquiryAnswer(
  request: Message,
  answer: Message | undefined,
): IssuerAnswer<{ owed: bigint; available: bigint }> {
  const said = verdict(request, answer)
  if (said.kind !== 'approved') return said
  const balances = readBalances(answer?.fields[54] ?? '', request.fields[49] ?? '')
  return balances ? { kind: 'approved', ...balances } : NO_ANSWER
}

const BALANCE = /^[0-9A-Za-z]{2}(?<type>[0-9]{2})(?<currency>[0-9]{3})(?<sign>[CD])(?<amount>[0-9]{12})$/
const BALANCE_LENGTH = 20
const OWED = '01'
const AVAILABLE = '02'

/**
 * Reads DE54: what is owed (debit; a credit means that the issuer owes the holder) and what may still be spent (credit;
 * a debit means that the card is over its limit). Undefined unless both are there exactly once in the currency.
 */
function readBalances(text: string, currency: string): { owed: bigint; available: bigint } | undefined {
  if (text.length % BALANCE_LENGTH !== 0) return undefined
  const found = new Map<string, bigint>()
  for (let at = 0; at < text.length; at += BALANCE_LENGTH) {
    const parts = BALANCE.exec(text.slice(at, at + BALANCE_LENGTH))?.groups
    if (!parts) return undefined
    const { type, sign, amount } = parts
    if (parts['currency'] !== currency || type === undefined || amount === undefined) continue
    if (found.has(type)) return undefined
    const positive = type === OWED ? 'D' : 'C'
    found.set(type, sign === positive ? BigInt(amount) : -BigInt(amount))
  }
  const owed = found.get(OWED)
  const available = found.get(AVAILABLE)
  return owed === undefined || available === undefined ? undefined : { owed, available }
}
