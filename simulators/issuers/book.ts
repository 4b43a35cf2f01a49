/**
 * An issuer's books: what it holds, has charged and given back, and how it answered each request. Everything that
 * happens here follows from the requests and the times they came in, so that replaying a journal of them gives the same
 * books and the same answers again.
 */
import type { IssuerCode } from './catalogue'
import type { CardAccount } from './card-account'
import { available, hold, openAccount, refusesAmount, refusesHolder } from './card-account'
import { DEMO_CARDS } from './demo-cards'
import type { Message } from './iso8583'
import type { Charge, Handled, Hold, Refund, Reply, Reversal } from './movements'
import type { RequestKind } from './requests'
import { keyOf, originalOf, readPrivateData } from './requests'
import type { Totals } from './totals'
import { count, inBalance, noTotals, settlementFields } from './totals'

/** Holds lapse after seven days without completion or reversal (profile, "Rules"). */
export const HOLD_LASTS_MS = 7 * 86_400_000

const ID_ALPHABET = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Answers that mean "nothing was taken in": a repeat of such a request is worked on as if it were the first. */
const isTransient = (code: string): boolean => code === '91' || code === '96' || code === '30'

export class Book {
  readonly cards = new Map<string, CardAccount>()
  readonly holds: Hold[] = []
  readonly charges: Charge[] = []
  readonly refunds: Refund[] = []
  readonly reversals: Reversal[] = []
  readonly everTotals = noTotals()
  private readonly holdByKey = new Map<string, Hold>()
  private readonly holdByRrn = new Map<string, Hold>()
  private readonly chargeByKey = new Map<string, Charge>()
  private readonly reversedUnseen = new Set<string>()
  private readonly answers = new Map<string, { readonly print: number; readonly reply: Reply }>()
  private readonly openTotals = new Map<string, Totals>()
  private readonly merchants = new Map<string, string>()
  private oldestHold = 0
  private approvals = 0
  /** Each issuer draws its approval codes from a place of its own. */
  private readonly firstId: number

  constructor(issuer: IssuerCode) {
    this.firstId = Buffer.from(issuer).reduce((id, byte) => (id * 31 + byte) % ID_ALPHABET.length ** 6, 7)
    for (const card of DEMO_CARDS) if (card.issuer === issuer) this.cards.set(card.number, openAccount(card))
  }

  /**
   * Works on a well-formed request, or answers it as it was answered before.
   * @param at milliseconds since 1970
   * @param forced a response code to refuse the request with, whatever the books say
   */
  handle(message: Message, kind: RequestKind, options: { repeat: boolean; at: number; forced?: string }): Handled {
    this.lapseUntil(options.at - HOLD_LASTS_MS)
    const key = keyOf(message)
    const print = printOf(message)
    const earlier = this.answers.get(key)
    if (earlier) {
      // A settlement answered in balance starts new totals; asking again must not look out of balance.
      const sameAgain = earlier.print === print && (options.repeat || kind === 'reconciliation')
      return { reply: sameAgain ? earlier.reply : { code: '94' }, recorded: false }
    }
    const reply =
      options.forced !== undefined ? { code: options.forced } : this.work(message, kind, { key, at: options.at })
    if (isTransient(reply.code)) return { reply, recorded: false }
    this.answers.set(key, { print, reply })
    return { reply, recorded: true }
  }

  /** Lets an open hold lapse before its time. False when it is not open. */
  lapse(key: string): boolean {
    const found = this.holdByKey.get(key)
    if (found?.state !== 'held') return false
    this.close(found, 'lapsed')
    return true
  }

  totalsSinceSettlement(): ReadonlyMap<string, Totals> {
    return this.openTotals
  }

  /** Lets every hold lapse that was made at or before a time. */
  lapseUntil(time: number): void {
    for (let next = this.holds[this.oldestHold]; next && next.at <= time; next = this.holds[++this.oldestHold])
      if (next.state === 'held') this.close(next, 'lapsed')
  }

  private work(message: Message, kind: RequestKind, { key, at }: { key: string; at: number }): Reply {
    switch (kind) {
      case 'authorization':
        return this.authorize(message, key, at)
      case 'inquiry':
        return this.inquire(message, at)
      case 'completion':
        return this.complete(message, key, at)
      case 'reversal':
        return this.reverse(message, at)
      case 'refund':
        return this.refund(message, at)
      case 'reconciliation':
        return this.settle(message)
      case 'network':
        throw new Error('network messages do not reach the books')
    }
  }

  private authorize(message: Message, key: string, at: number): Reply {
    const { fields } = message
    if (this.reversedUnseen.has(key)) return { code: '05' }
    const card = this.cards.get(fields[2] ?? '')
    if (!card) return { code: '14' }
    const acquirer = fields[32] ?? ''
    const rrn = fields[37] ?? ''
    // The retrieval reference is unique per presentment: a second authorization under it is the same one again.
    if (this.holdByRrn.has(acquirer + rrn)) return { code: '94' }
    const amount = BigInt(fields[4] ?? 0)
    const refusal = refusesHolder(card, message, at) ?? refusesAmount(card, amount, at)
    if (refusal !== undefined) return { code: refusal }

    hold(card, amount, at)
    const { vcard, leg, of } = readPrivateData(fields[48] ?? '') ?? {}
    const made: Hold = {
      key,
      rrn,
      stan: fields[11] ?? '',
      acquirer,
      card,
      amount,
      currency: fields[49] ?? '',
      authorizationId: this.nextAuthorizationId(),
      at,
      merchant: this.once(fields[42]),
      merchantName: this.once(fields[43]),
      vcard,
      leg,
      of,
      state: 'held',
    }
    this.holds.push(made)
    this.holdByKey.set(key, made)
    this.holdByRrn.set(acquirer + rrn, made)
    return { code: '00', authorizationId: made.authorizationId }
  }

  private inquire(message: Message, at: number): Reply {
    const card = this.cards.get(message.fields[2] ?? '')
    if (!card) return { code: '14' }
    const refusal = refusesHolder(card, message, at)
    if (refusal !== undefined) return { code: refusal }
    const currency = message.fields[49] ?? ''
    // Account type 30, a credit account. What is owed is a debit of the holder; what is open to spend, a credit.
    const balances =
      additionalAmount('3001', currency, -card.owed) + additionalAmount('3002', currency, available(card))
    return { code: '00', balances }
  }

  private complete(message: Message, key: string, at: number): Reply {
    const { fields } = message
    const found = this.holdByKey.get(originalOf(message).key)
    if (!found || !isAbout(found, message) || found.authorizationId !== fields[38]) return { code: '25' }
    if (found.state === 'completed') return { code: '94' }
    if (found.state !== 'held') return { code: '25' }
    const amount = BigInt(fields[4] ?? 0)
    if (amount > found.amount) return { code: '61' }
    this.close(found, 'completed')
    found.card.owed += amount
    const made: Charge = { key, rrn: fields[37] ?? '', stan: fields[11] ?? '', hold: found, amount, at, refunded: 0n }
    this.charges.push(made)
    this.chargeByKey.set(key, made)
    this.count('completions', message, amount)
    return { code: '00', authorizationId: found.authorizationId }
  }

  private reverse(message: Message, at: number): Reply {
    const { fields } = message
    const original = originalOf(message).key
    const found = this.holdByKey.get(original)
    const amount = BigInt(fields[4] ?? 0)
    const record = (hold: Hold | undefined) =>
      this.reversals.push({
        rrn: fields[37] ?? '',
        stan: fields[11] ?? '',
        card: fields[2] ?? '',
        amount,
        currency: fields[49] ?? '',
        reason: fields[39] ?? '',
        at,
        hold,
      })
    if (!found) {
      // Remembered, so that the authorization is refused should it still arrive; a declined one held nothing.
      this.reversedUnseen.add(original)
      record(undefined)
      return { code: '25' }
    }
    if (!isAbout(found, message)) return { code: '25' }
    if (amount !== found.amount) return { code: '30' }
    switch (found.state) {
      case 'completed':
        return { code: '57' }
      case 'lapsed':
        return { code: '25' }
      case 'reversed':
        return { code: '00' }
      case 'held':
        this.close(found, 'reversed')
        record(found)
        this.count('reversals', message, amount)
        return { code: '00' }
    }
  }

  private refund(message: Message, at: number): Reply {
    const { fields } = message
    const charge = this.chargeByKey.get(originalOf(message).key)
    if (!charge || !isAbout(charge.hold, message)) return { code: '25' }
    const amount = BigInt(fields[4] ?? 0)
    if (amount > charge.amount - charge.refunded) return { code: '61' }
    charge.refunded += amount
    charge.hold.card.owed -= amount
    this.refunds.push({ rrn: fields[37] ?? '', stan: fields[11] ?? '', charge, amount, at })
    this.count('refunds', message, amount)
    return { code: '00', authorizationId: this.nextAuthorizationId() }
  }

  private settle(message: Message): Reply {
    const account = settlementAccount(message)
    const ours = settlementFields(this.openTotals.get(account) ?? noTotals())
    const balanced = inBalance(message, ours)
    if (balanced) this.openTotals.delete(account)
    return { code: '00', settlement: { ...ours, 66: balanced ? '1' : '2' } }
  }

  /** One copy of a text that comes again and again. */
  private once(text = ''): string {
    const trimmed = text.trimEnd()
    const kept = this.merchants.get(trimmed)
    if (kept !== undefined) return kept
    this.merchants.set(trimmed, trimmed)
    return trimmed
  }

  private close(hold: Hold, state: 'completed' | 'reversed' | 'lapsed'): void {
    hold.state = state
    hold.card.held -= hold.amount
  }

  private count(what: keyof Totals, message: Message, amount: bigint): void {
    const account = settlementAccount(message)
    const totals = this.openTotals.get(account) ?? noTotals()
    this.openTotals.set(account, totals)
    count(totals, what, amount)
    count(this.everTotals, what, amount)
  }

  /** Six characters that look drawn by lot but never come twice within 34^6 approvals. */
  private nextAuthorizationId(): string {
    let rest = (this.approvals++ * 1_000_003 + this.firstId) % ID_ALPHABET.length ** 6
    let id = ''
    for (let at = 0; at < 6; at++) {
      id += ID_ALPHABET.charAt(rest % ID_ALPHABET.length)
      rest = Math.floor(rest / ID_ALPHABET.length)
    }
    return id
  }
}

/** Settlement is per acquirer and currency. */
const settlementAccount = ({ fields }: Message): string => `${fields[32]}/${fields[49]}`

const isAbout = (hold: Hold, { fields }: Message): boolean =>
  fields[2] === hold.card.number && fields[49] === hold.currency

/** What may not differ between a request and its repeat. */
const REPEATED = [2, 3, 4, 37, 49, 90, 74, 75, 76, 77, 86, 87, 88, 89, 97]

/** A fingerprint of it (FNV-1a, 32 bits): kept for every request ever answered, so that it has to be small. */
function printOf({ mti, fields }: Message): number {
  let print = 0x811c9dc5
  const add = (code: number) => {
    print = Math.imul(print ^ code, 0x01000193)
  }
  add(mti.charCodeAt(1))
  for (const field of REPEATED) {
    const value = fields[field] ?? ''
    for (let at = 0; at < value.length; at++) add(value.charCodeAt(at))
    add(0)
  }
  return print
}

const LARGEST_AMOUNT = 999_999_999_999n

/** One entry of DE54; what does not fit into twelve digits is as much as twelve digits can say. */
function additionalAmount(types: string, currency: string, value: bigint): string {
  const whole = value < 0n ? -value : value
  const size = whole > LARGEST_AMOUNT ? LARGEST_AMOUNT : whole
  return `${types}${currency}${value < 0n ? 'D' : 'C'}${String(size).padStart(12, '0')}`
}
