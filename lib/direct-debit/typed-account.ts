import { z } from 'zod'
import { isIban } from '../iso20022/iban'
import { isPlainLine } from '../plain-text'

/** An account as its holder types it to have it debited. */
export const typedAccount = z.strictObject({
  bank: z.string().max(32),
  /** An IBAN, or the number that the bank itself uses; spaces and hyphens as people write them. */
  account: z
    .string()
    .max(60)
    .transform((text) => text.replace(/[ -]/g, '').toUpperCase())
    .refine((number) => /^[0-9]{6,20}$/.test(number) || isIban(number)),
  holder: z.string().normalize('NFC').trim().min(1).max(70).refine(isPlainLine),
})
