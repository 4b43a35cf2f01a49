import { z } from 'zod'
import { isPlainLine } from '../plain-text'

function line(longest: number) {
  return z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => text !== '' && text.length <= longest && isPlainLine(text))
}

const optional = (longest: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => text.length <= longest && isPlainLine(text))
    .transform((text) => text || undefined)
    .optional()

/**
 * An address to deliver to. A Korean one has a postal code of five digits, a road-name address and what comes after it;
 * any other country has up to two lines, a town, perhaps a region, and the postal code in its own form.
 */
export const addressInput = z.discriminatedUnion('form', [
  z.strictObject({
    form: z.literal('kr'),
    label: optional(40),
    recipient: line(60),
    phone: z.string().regex(/^\+[1-9][0-9]{7,14}$/),
    postalCode: z.string().regex(/^[0-9]{5}$/),
    line1: line(120),
    line2: optional(120),
  }),
  z.strictObject({
    form: z.literal('international'),
    label: optional(40),
    recipient: line(60),
    phone: z.string().regex(/^\+[1-9][0-9]{7,14}$/),
    country: z.string().regex(/^[A-Z]{2}$/),
    postalCode: line(12),
    line1: line(120),
    line2: optional(120),
    city: line(60),
    region: optional(60),
  }),
])

export type Address = z.output<typeof addressInput>

/** The country of an address, ISO 3166-1. */
export function countryOf(address: Address): string {
  return address.form === 'kr' ? 'KR' : address.country
}

/** An address in the order in which its country writes it, a line each. */
export function addressLines(address: Address): string[] {
  const lines =
    address.form === 'kr'
      ? [`(${address.postalCode}) ${address.line1}`, address.line2]
      : [
          address.line1,
          address.line2,
          [address.city, address.region, address.postalCode].filter(Boolean).join(', '),
          address.country,
        ]
  return lines.filter((one) => one !== undefined)
}
