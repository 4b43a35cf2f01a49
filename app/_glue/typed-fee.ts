import { z } from 'zod'
import type { Currency } from '@/lib/money/currency'
import type { ModuleTerms } from '@/lib/payments/module-terms'

const amount = z
  .string()
  .regex(/^[0-9]{0,15}$/)
  .transform((text) => (text === '' ? undefined : BigInt(text)))
const percent = z
  .string()
  .trim()
  .regex(/^(?:[0-9]{1,3}(?:\.[0-9]{1,2})?)?$/)
  .transform((text) => {
    const [whole = '', fraction = ''] = text.split('.')
    return Number(whole || '0') * 100 + Number(fraction.padEnd(2, '0'))
  })
  .refine((bps) => bps <= 10_000)

/** A fee as it was typed; undefined when something in it is not what it should be. */
export function readTypedFee(form: FormData, currencies: readonly Currency[]): ModuleTerms['fee'] | undefined {
  const bps = percent.safeParse(form.get('percent') ?? '')
  if (!bps.success) return undefined
  const fixed: Partial<Record<Currency, bigint>> = {}
  for (const currency of currencies) {
    const read = amount.safeParse(form.get(`fixed-${currency}`) ?? '')
    if (!read.success) return undefined
    if (read.data) fixed[currency] = read.data
  }
  return { bps: bps.data, fixed }
}
