import { exponentOf, isCurrency } from '../money/currency'
import type { Locale } from '../payments/payment'

const LANGUAGE = { ko: 'ko-KR', en: 'en-US' } as const

/** An amount as people read it, ₩220,000 or $12.50, from minor units in decimal text. Never through a float. */
export function showMoney(amount: string, currency: string, locale: Locale): string {
  const digits = isCurrency(currency) ? exponentOf(currency) : 0
  const padded = amount.padStart(digits + 1, '0')
  const decimal = digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`
  const format = new Intl.NumberFormat(LANGUAGE[locale], {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(decimal as `${number}`)
}

/** A moment in the gateway's zone, with the zone named. */
export function showMoment(at: string, locale: Locale, timeZone: string): string {
  const format = new Intl.DateTimeFormat(LANGUAGE[locale], {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  })
  return `${format.format(new Date(at))} (${timeZone})`
}

/** A day in the gateway's zone. */
export function showDay(at: Date, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(LANGUAGE[locale], { dateStyle: 'long', timeZone }).format(at)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for an HTML text node or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

/** Text for a mail header: one line, nothing that could begin another header. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
