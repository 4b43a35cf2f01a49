/** What an issuer can be told to do wrong, to which messages. */
import { z } from 'zod'
import { FIELDS, fits } from './fields'
import { REQUEST_KINDS } from './requests'

const milliseconds = z.int().min(0).max(600_000)

export const deed = z.discriminatedUnion('kind', [
  /** Refuses with a response code, whatever the books say. 91, 96 and 30 are forgotten, others repeated on a repeat. */
  z.strictObject({ kind: z.literal('decline'), code: z.string().regex(/^[0-9A-Z]{2}$/) }),
  /** Does nothing and never answers. */
  z.strictObject({ kind: z.literal('stall') }),
  /** Does the work and never answers. */
  z.strictObject({ kind: z.literal('lose-answer') }),
  z.strictObject({ kind: z.literal('drop-before') }),
  z.strictObject({ kind: z.literal('drop-after') }),
  /** Works at once, answers later. */
  z.strictObject({ kind: z.literal('late'), ms: milliseconds }),
  /** Takes the message up later, then works and answers: what comes meanwhile overtakes it. */
  z.strictObject({ kind: z.literal('delay'), ms: milliseconds }),
  z.strictObject({ kind: z.literal('twice') }),
  /** Answers after the next answer on the same connection, or after a second. */
  z.strictObject({ kind: z.literal('out-of-order') }),
  /** Works, and sends something that is no message in place of the answer. */
  z.strictObject({ kind: z.literal('garbage') }),
  z.strictObject({ kind: z.literal('wrong-amount') }),
  z.strictObject({ kind: z.literal('wrong-stan') }),
  z.strictObject({ kind: z.literal('unknown-code') }),
  /** Sends the answer with one element changed, or left out. */
  z
    .strictObject({ kind: z.literal('alter'), field: z.int().min(2).max(128), value: z.string().nullable() })
    .refine(({ field, value }) => FIELDS[field] !== undefined && (value === null || fits(FIELDS[field], value)), {
      error: 'the value does not have the written form of the element',
    }),
])
export type Deed = z.infer<typeof deed>

export const SWITCH_TARGETS = [...REQUEST_KINDS, 'terms', 'any'] as const
export type SwitchTarget = (typeof SWITCH_TARGETS)[number]

export const issuerSwitch = z.strictObject({
  on: z.enum(SWITCH_TARGETS),
  card: z
    .string()
    .regex(/^[0-9]{12,19}$/)
    .optional(),
  do: deed,
  times: z.int().min(1).max(1_000_000).optional(),
})
export type IssuerSwitch = z.infer<typeof issuerSwitch>
