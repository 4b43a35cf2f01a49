/** A card as its issuer keeps it, and the issuer's judgement of a purchase on it. */
import type { CardStanding, DemoCard } from './demo-cards'
import type { Message } from './iso8583'
import { readPrivateData } from './requests'

export interface CardAccount {
  readonly number: string
  holder: { readonly ko: string; readonly en: string }
  expiry: string
  securityCode: string
  readonly currency: 'KRW' | 'USD'
  limit: bigint
  owed: bigint
  held: bigint
  standing: CardStanding
  purchaseLimit: bigint | undefined
  dailyCount: number | undefined
  wrongCodes: number
  /** Approved authorizations on the day (Asia/Seoul) they are counted for. */
  today: { day: number; count: number }
}

/** After so many wrong security codes in a row the card is locked (response code 75). */
const WRONG_CODES_ALLOWED = 3

const STANDING_CODE: Readonly<Record<CardStanding, string | undefined>> = {
  normal: undefined,
  lost: '41',
  stolen: '43',
  declines: '05',
  'not-permitted': '57',
  restricted: '62',
  unavailable: '91',
  malfunction: '96',
}

const NUMERIC: Readonly<Record<'KRW' | 'USD', string>> = { KRW: '410', USD: '840' }
const SEOUL_OFFSET_MS = 9 * 3_600_000
const DAY_MS = 86_400_000

export function openAccount(card: DemoCard): CardAccount {
  return {
    number: card.number,
    holder: card.holder,
    expiry: card.expiry,
    securityCode: card.securityCode,
    currency: card.currency,
    limit: card.limit,
    owed: card.owed,
    held: 0n,
    standing: card.standing,
    purchaseLimit: card.purchaseLimit,
    dailyCount: card.dailyCount,
    wrongCodes: card.locked ? WRONG_CODES_ALLOWED : 0,
    today: { day: 0, count: 0 },
  }
}

export function available(card: CardAccount): bigint {
  return card.limit - card.owed - card.held
}

const dayOf = (at: number): number => Math.floor((at + SEOUL_OFFSET_MS) / DAY_MS)
const monthOf = (at: number): string => new Date(at + SEOUL_OFFSET_MS).toISOString().slice(2, 7).replace('-', '')

/** Whether the card may be used at all by whoever sent the message: the response code that refuses it, or undefined. */
export function refusesHolder(card: CardAccount, message: Message, at: number): string | undefined {
  const standing = STANDING_CODE[card.standing]
  if (standing !== undefined) return standing
  if (card.wrongCodes >= WRONG_CODES_ALLOWED) return '75'
  const expiry = message.fields[14]
  if (expiry !== card.expiry || card.expiry < monthOf(at)) return '54'
  const securityCode = readPrivateData(message.fields[48] ?? '')?.securityCode
  if (securityCode !== undefined) {
    card.wrongCodes = securityCode === card.securityCode ? 0 : card.wrongCodes + 1
    if (card.wrongCodes > 0) return card.wrongCodes >= WRONG_CODES_ALLOWED ? '75' : '05'
  }
  if (message.fields[49] !== NUMERIC[card.currency]) return '57'
  return undefined
}

/** Whether the amount may be held: the response code that refuses it, or undefined. */
export function refusesAmount(card: CardAccount, amount: bigint, at: number): string | undefined {
  if (card.purchaseLimit !== undefined && amount > card.purchaseLimit) return '61'
  if (card.dailyCount !== undefined && card.today.day === dayOf(at) && card.today.count >= card.dailyCount) return '65'
  if (amount > available(card)) return '51'
  return undefined
}

export function hold(card: CardAccount, amount: bigint, at: number): void {
  const day = dayOf(at)
  if (card.today.day === day) card.today.count++
  else card.today = { day, count: 1 }
  card.held += amount
}
