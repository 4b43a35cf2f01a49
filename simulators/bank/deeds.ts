/** What a bank can be told to do wrong, at which requests. */
import { z } from 'zod'

export const BANK_REASONS = [
  'NO_ACCOUNT',
  'WRONG_PASSWORD',
  'LOCKED',
  'SUSPENDED',
  'INSUFFICIENT',
  'LIMIT',
  'EXCEEDS',
] as const

export const deed = z.discriminatedUnion('kind', [
  /** Refuses, whatever the account's standing. */
  z.strictObject({ kind: z.literal('refuse'), code: z.enum(BANK_REASONS) }),
  /** Does nothing and never answers. */
  z.strictObject({ kind: z.literal('stall') }),
  /** Does the work and never answers. */
  z.strictObject({ kind: z.literal('lose-answer') }),
  z.strictObject({ kind: z.literal('drop-before') }),
  z.strictObject({ kind: z.literal('drop-after') }),
  /** Works at once, answers later. */
  z.strictObject({ kind: z.literal('late'), ms: z.int().min(0).max(600_000) }),
  /** A page of a proxy in place of the answer. */
  z.strictObject({ kind: z.literal('garbage') }),
  z.strictObject({ kind: z.literal('unsigned') }),
  /** Signed with a key that is not the bank's. */
  z.strictObject({ kind: z.literal('wrong-signature') }),
  /** Signed as the answer to another request. */
  z.strictObject({ kind: z.literal('wrong-request') }),
  z.strictObject({ kind: z.literal('wrong-amount') }),
  z.strictObject({ kind: z.literal('wrong-id') }),
  z.strictObject({ kind: z.literal('unknown-state') }),
  z.strictObject({ kind: z.literal('error') }),
])
export type Deed = z.infer<typeof deed>

export const BANK_TARGETS = ['any', 'verify', 'transfer', 'reverse', 'status', 'keys'] as const
export type BankTarget = Exclude<(typeof BANK_TARGETS)[number], 'any'>

export const bankSwitch = z.strictObject({
  on: z.enum(BANK_TARGETS),
  /** Only at requests about this account. */
  account: z
    .string()
    .regex(/^[0-9]{6,20}$/)
    .optional(),
  do: deed,
  times: z.int().min(1).max(1_000_000).optional(),
})
export type BankSwitch = z.infer<typeof bankSwitch>
