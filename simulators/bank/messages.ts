/** What the bank link carries (docs/links/bank.md), as the bank reads and writes it. */
import { z } from 'zod'

const amount = z.string().regex(/^[1-9][0-9]{0,14}$/, 'whole minor units as a decimal string')
const currency = z.string().regex(/^[A-Z]{3}$/)
const id = z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/)

export const verifyRequest = z.strictObject({
  account: z.string().regex(/^[0-9]{6,20}$/),
  passwordJwe: z.string().max(4096),
  name: z.string().min(1).max(60),
  amount: amount.optional(),
  currency: currency.optional(),
})

export const transferRequest = z.strictObject({
  transferId: id,
  from: z.string().max(128),
  to: z.string().max(34),
  amount,
  currency,
  reference: z.string().max(140),
})
export type TransferRequest = z.infer<typeof transferRequest>

export const reverseRequest = z.strictObject({ reversalId: id, amount })

const entry = {
  amount: z.string(),
  currency: z.string(),
  state: z.enum(['booked', 'refused']),
  bookedAt: z.string().optional(),
  bankRef: z.string().optional(),
  reason: z.string().optional(),
}

/** A reversal as it is answered, and as the journal has it. */
export const reversalState = z.strictObject({ reversalId: id, transferId: id, ...entry })
export type ReversalState = z.infer<typeof reversalState>

/** A transfer as it is answered, but for its reversals. */
export const transferState = z.strictObject({ transferId: id, ...entry })
export type TransferState = z.infer<typeof transferState>
