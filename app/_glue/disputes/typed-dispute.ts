import { z } from 'zod'
import { disputeReasons } from '@/lib/disputes/dispute'
import { parseMinorUnits } from '@/lib/money/money'
import { arePlainLines } from '@/lib/plain-text'

/** A few lines of somebody's own words (PROMISES 10.3). */
export const words = z
  .string()
  .transform((text) => text.replaceAll('\r\n', '\n').normalize('NFC').trim())
  .refine((text) => text !== '' && text.length <= 1000 && arePlainLines(text))

/** Whole minor units, none of them too. */
export const amount = z.string().transform((text, context) => {
  const read = text === '0' ? 0n : parseMinorUnits(text)
  if (read !== undefined) return read
  context.addIssue({ code: 'custom', message: 'is not an amount' })
  return z.NEVER
})

/** An amount that may be left out. */
export const optionalAmount = z.union([z.literal('').transform(() => undefined), amount])

export const reason = z.enum(disputeReasons)

/** The first member of a form that is wrong. */
export function wrongMember(error: z.ZodError): string {
  return String(error.issues[0]?.path[0] ?? '')
}
