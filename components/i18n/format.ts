import { exponentOf } from '@/lib/money/currency'
import type { Currency } from '@/lib/money/currency'
import { defaultTimeZone } from './locale'

const formatters = new Map<string, Intl.NumberFormat>()

function formatterFor(locale: string, currency: Currency): Intl.NumberFormat {
  const name = `${locale} ${currency}`
  const known = formatters.get(name)
  if (known) return known
  const digits = exponentOf(currency)
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  formatters.set(name, made)
  return made
}

/** An exact decimal from minor units: 12345 with two digits is "123.45". */
export function decimalText(amount: bigint, digits: number): `${number}` {
  const sign = amount < 0n ? '-' : ''
  const figures = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0')
  const whole = figures.slice(0, figures.length - digits)
  const fraction = digits === 0 ? '' : `.${figures.slice(-digits)}`
  return `${sign}${whole}${fraction}` as `${number}`
}

/** An amount in minor units as its currency is written in a language: ₩220,000 or $12.50. Exact for any size. */
export function formatMoney(amount: bigint, currency: Currency, locale: string): string {
  return formatterFor(locale, currency).format(decimalText(amount, exponentOf(currency)))
}

/** A number that was counted no further than `most`: beyond it, only that there are more. */
export function boundedCount(count: number, most: number, locale: string): string {
  const figures = new Intl.NumberFormat(locale).format(Math.min(count, most))
  return count > most ? `${figures}+` : figures
}

/** A part of a whole as a percentage, e.g. "12.5%". */
export function formatPercent(part: number, locale: string, digits = 1): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(part)
}

/** A day and time in the viewer's zone. */
export function formatDateTime(at: Date, locale: string, timeZone = defaultTimeZone): string {
  const clock = locale === 'ko' ? ({ hourCycle: 'h23' } as const) : {}
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone, ...clock }).format(at)
}

/** A month with its year: "November 2026". */
export function formatMonth(at: Date, locale: string, timeZone = defaultTimeZone): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone }).format(at)
}

export function formatDate(at: Date, locale: string, timeZone = defaultTimeZone): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(at)
}
