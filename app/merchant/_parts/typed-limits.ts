import { z } from 'zod'
import type { Limit } from '@/lib/billing/limits'
import { type Currency, isCurrency } from '@/lib/money/currency'
import { fieldsOf } from './typed'

const amount = z
  .string()
  .regex(/^[0-9]{0,15}$/)
  .transform((text) => (text === '' ? undefined : BigInt(text)))
const count = z
  .string()
  .regex(/^[0-9]{0,6}$/)
  .transform((text) => (text === '' ? undefined : Number(text)))
const limitForm = z.object({
  currency: z.string().refine(isCurrency),
  perPurchase: amount,
  perDay: amount,
  perMonth: amount,
  countPerDay: count,
  countPerMonth: count,
})

export interface TypedLimit {
  readonly currency: Currency
  /** What was left empty is not limited. */
  readonly limit: Limit
  /** For the audit trail. */
  readonly detail: Readonly<Record<string, string>>
}

/** Limits of telephone bills as a form has them; undefined when one of them is no figure. */
export function readTypedLimit(form: FormData): TypedLimit | undefined {
  const typed = limitForm.safeParse(fieldsOf(form))
  if (!typed.success) return undefined
  const { currency, ...limit } = typed.data
  const given = Object.entries(limit).filter(([, value]) => value !== undefined)
  return {
    currency,
    limit: Object.fromEntries(given),
    detail: Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
  }
}
