import type { Tone } from '@/components/ui/badge'
import type { RequestOutcome } from '@/lib/operations/request-store'

/** How a request ended, by its status. */
export function outcomeOf(status: number): RequestOutcome {
  if (status < 400) return 'done'
  return status < 500 ? 'refused' : 'failed'
}

export const outcomeTones: Readonly<Record<RequestOutcome, Tone>> = { done: 'good', refused: 'warn', failed: 'bad' }

/** A moment to the millisecond, by the clocks of a zone: developers compare it with their own log. */
export function exactTime(at: Date, locale: 'ko' | 'en', timeZone: string): string {
  return new Intl.DateTimeFormat(locale === 'ko' ? 'ko' : 'en-GB', {
    ...{ month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    ...{ fractionalSecondDigits: 3, hourCycle: 'h23', timeZone },
  } as const).format(at)
}
