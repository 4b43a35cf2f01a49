/** What a customer management system can be told to do wrong, to which requests. */
import { z } from 'zod'
import { REFUSALS } from './requests'

export const deed = z.discriminatedUnion('kind', [
  /** Refuses, whatever the line's standing. TRY_LATER is forgotten, the others are repeated on a repeat. */
  z.strictObject({ kind: z.literal('decline'), code: z.enum(REFUSALS) }),
  /** Does nothing and never answers. */
  z.strictObject({ kind: z.literal('stall') }),
  /** Does the work and never answers. */
  z.strictObject({ kind: z.literal('lose-answer') }),
  z.strictObject({ kind: z.literal('drop-before') }),
  z.strictObject({ kind: z.literal('drop-after') }),
  /** Works at once, answers later. */
  z.strictObject({ kind: z.literal('late'), ms: z.int().min(0).max(600_000) }),
  z.strictObject({ kind: z.literal('twice') }),
  /** A frame that holds no JSON in place of the answer. */
  z.strictObject({ kind: z.literal('garbage') }),
  /** The header of a frame that is longer than the profile allows. */
  z.strictObject({ kind: z.literal('oversize') }),
  /** Answers to a request that was never made. */
  z.strictObject({ kind: z.literal('wrong-id') }),
  z.strictObject({ kind: z.literal('unknown-code') }),
])
export type Deed = z.infer<typeof deed>

export const TELCO_TARGETS = ['any', 'authenticate', 'status', 'ping'] as const

export const telcoSwitch = z.strictObject({
  on: z.enum(TELCO_TARGETS),
  line: z
    .string()
    .regex(/^(\+[1-9][0-9]{6,14}|[0-9]{6,19})$/)
    .optional(),
  do: deed,
  times: z.int().min(1).max(1_000_000).optional(),
})
export type TelcoSwitch = z.infer<typeof telcoSwitch>
