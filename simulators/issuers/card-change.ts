/** Giving out a card, or changing one by hand: spending elsewhere, a new limit, a lost card. */
import { z } from 'zod'
import type { Book } from './book'
import { openAccount } from './card-account'
import type { IssuerProfile } from './catalogue'
import { passesLuhn } from './luhn'

const amount = z.string().regex(/^(0|[1-9][0-9]{0,11})$/, 'whole minor units as a decimal string')

export const cardChange = z.strictObject({
  number: z
    .string()
    .regex(/^[0-9]{16}$/)
    .refine(passesLuhn, 'no valid check digit'),
  holder: z.strictObject({ ko: z.string().min(1).max(60), en: z.string().min(1).max(60) }).optional(),
  expiry: z
    .string()
    .regex(/^[0-9]{2}(0[1-9]|1[0-2])$/)
    .optional(),
  securityCode: z
    .string()
    .regex(/^[0-9]{3}$/)
    .optional(),
  limit: amount.optional(),
  owed: amount.optional(),
  standing: z
    .enum(['normal', 'lost', 'stolen', 'declines', 'not-permitted', 'restricted', 'unavailable', 'malfunction'])
    .optional(),
  purchaseLimit: amount.nullable().optional(),
  dailyCount: z.int().min(0).max(1000).nullable().optional(),
  locked: z.boolean().optional(),
})
export type CardChange = z.infer<typeof cardChange>

/** @throws RangeError when the number does not belong to the issuer */
export function applyCardChange(book: Book, issuer: IssuerProfile, change: CardChange): void {
  if (!issuer.bins.some((bin) => change.number.startsWith(bin))) throw new RangeError('not a number of this issuer')
  const card =
    book.cards.get(change.number) ??
    openAccount({
      issuer: issuer.code,
      role: 'everyday',
      number: change.number,
      holder: { ko: '새 회원', en: 'NEW HOLDER' },
      expiry: '3112',
      securityCode: '123',
      currency: issuer.currency,
      limit: 0n,
      owed: 0n,
      standing: 'normal',
    })
  card.holder = change.holder ?? card.holder
  card.expiry = change.expiry ?? card.expiry
  card.securityCode = change.securityCode ?? card.securityCode
  card.standing = change.standing ?? card.standing
  if (change.limit !== undefined) card.limit = BigInt(change.limit)
  if (change.owed !== undefined) card.owed = BigInt(change.owed)
  if (change.purchaseLimit !== undefined)
    card.purchaseLimit = change.purchaseLimit === null ? undefined : BigInt(change.purchaseLimit)
  if (change.dailyCount !== undefined) card.dailyCount = change.dailyCount ?? undefined
  if (change.locked !== undefined) card.wrongCodes = change.locked ? 3 : 0
  book.cards.set(change.number, card)
}
