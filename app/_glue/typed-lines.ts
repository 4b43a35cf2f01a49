import { z } from 'zod'
import type { RefundItem } from '@/lib/payments/refund-items'
import { isPlainLine } from '@/lib/plain-text'

/** Lines of an order as a form sends them, `1x2,3x1`; undefined where none are named. */
export const typedLines = z
  .string()
  .max(2_000)
  .regex(/^(?:[1-9][0-9]{0,2}x[1-9][0-9]{0,5}(?:,[1-9][0-9]{0,2}x[1-9][0-9]{0,5})*)?$/)
  .transform((text): RefundItem[] | undefined => {
    if (text === '') return undefined
    return text.split(',').map((pair) => {
      const [item, quantity] = pair.split('x').map(Number)
      return { item: item!, quantity: quantity! }
    })
  })

/** A few lines of free text: NFC, trimmed, bounded; line breaks become spaces (PROMISES 10.3). */
export function typedWords(longest: number) {
  return z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .refine((text) => text.length <= longest && isPlainLine(text))
}
