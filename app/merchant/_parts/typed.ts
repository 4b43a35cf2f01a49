import { z } from 'zod'
import type { RefundStrategy } from '@/lib/payments/payment'
import { parseMinorUnits } from '@/lib/money/money'
import { isPlainLine } from '@/lib/plain-text'

/** A line of free text from a form: NFC, trimmed, bounded, nothing unseen in it (PROMISES 10.3). */
export function line(longest: number) {
  return z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => text !== '' && text.length <= longest && isPlainLine(text))
}

/** Whole minor units above zero. */
export const amount = z.string().transform((text, context) => {
  const read = parseMinorUnits(text)
  if (!read) context.addIssue({ code: 'custom', message: 'is not an amount' })
  return read || z.NEVER
})

/** How a refund is divided, as the dialog writes it: a word, or leg-2. */
export const strategy = z
  .string()
  .regex(/^(?:ratio|last-in-first-out|leg-[1-9][0-9]?)$/)
  .transform((text): RefundStrategy => {
    if (text === 'ratio' || text === 'last-in-first-out') return text
    return { leg: Number(text.slice(4)) }
  })

/** Members of a form that are texts; files are left out. */
export function fieldsOf(form: FormData): Record<string, string> {
  return Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}

/** The fields of a form that a schema does not take, each once, in its order. */
export const namesIn = (error: z.ZodError): string[] => [...new Set(error.issues.map(({ path }) => String(path[0])))]
