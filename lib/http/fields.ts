import { z } from 'zod'
import { type IdKind, readPublicId, type Uuid } from '../ids'
import { currencyCodes } from '../money/currency'
import { isPlainLine } from '../plain-text'
import type { FieldCode } from './field-errors'

/** The message of a schema's rule is the code of the field error that tells of it. */
const code = (fieldCode: FieldCode) => fieldCode

/** Free text for people: NFC, bounded, on one line, not blank (PROMISES 10.3). */
export function text(longest: number) {
  return z
    .string()
    .normalize('NFC')
    .max(longest)
    .refine(isPlainLine, code('control-characters'))
    .refine((value) => value.trim() !== '', code('blank'))
}

/** An amount as it travels: a decimal string of whole minor units, at most twelve digits, never zero (PROMISES 10.2). */
export const amountText = z
  .string()
  .regex(/^[1-9][0-9]{0,11}$/, code('amount-form'))
  .meta({ description: 'Whole minor units of the currency (won, cents) as a decimal string.', example: '12000' })

/** An amount in an answer, where zero can stand. */
export const amountOut = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,14})$/)
  .meta({ description: 'Whole minor units of the currency as a decimal string.', example: '12000' })

export const currency = z.enum(currencyCodes).meta({ description: 'ISO 4217, upper case.', example: 'KRW' })

/** When something happened: RFC 3339, UTC. */
export const moment = z.iso.datetime().meta({ example: '2026-11-01T09:30:00.000Z' })

/** An identifier in an answer. */
export function idOf(kind: IdKind) {
  return z
    .string()
    .regex(new RegExp(`^${kind}_[0-9a-hjkmnp-tv-z]{26}$`))
    .meta({ example: `${kind}_01jbxrm5h3f8w9k2v7n4t6q0ze` })
}

/** An identifier that a query names; read back into ours. */
export function idParameter(kind: IdKind) {
  return z.string().refine((value) => readPublicId(kind, value) !== undefined, code('bad-format'))
}

/** Reads an identifier whose form a schema has checked already. */
export function uuidOf(kind: IdKind, value: string): Uuid {
  return readPublicId(kind, value)!
}

/** Cursor pages: how many, and after which one. */
export function page(kind: IdKind) {
  return {
    after: idParameter(kind).optional().meta({ description: 'The last identifier of the page before.' }),
    limit: z
      .string()
      .regex(/^(?:[1-9]|[1-9][0-9]|100)$/, code('bad-format'))
      .optional()
      .meta({ description: 'How many to return, 1 to 100; 20 when absent.', example: '20' }),
  }
}

export function limitOf(limit: string | undefined): number {
  return limit === undefined ? 20 : Number(limit)
}
