import { z } from 'zod'
import { currencyCodes } from '../money/currency'
import { parseMinorUnits } from '../money/money'

// Members that we do not know are left alone, as RFC 7519 section 4 asks; those we know have exactly one form.

const seconds = z.int().min(0).max(99_999_999_999)
const audience = z.union([
  z.string().max(300),
  z
    .array(z.string().max(300))
    .length(1)
    .transform(([only]) => only!),
])

/** Whole minor units in decimal text. */
const amount = z.string().transform((text, context) => {
  const units = parseMinorUnits(text)
  if (units !== undefined && units > 0n) return units
  context.addIssue({ code: 'custom', message: 'must be whole minor units' })
  return z.NEVER
})

/** A name that its sender never uses twice. */
const jti = z.string().regex(/^[\x21-\x7e]{8,128}$/)
const tid = z.string().max(64)
const currency = z.enum(currencyCodes)

/** Profile 1: what the shop's redirect says. */
export const redirectClaims = z.looseObject({
  iss: z.string(),
  aud: audience,
  typ: z.literal('payment.redirect').optional(),
  tid,
  amount,
  currency,
  iat: seconds,
  exp: seconds,
  jti,
})

/**
 * Profile 3: the shop's answer to a confirmation. It is bound to our request by `re`; sender, audience and time need not
 * be repeated, but where they are they must be right.
 */
export const confirmationClaims = z.looseObject({
  typ: z.enum(['payment.confirmed', 'payment.mismatch']),
  re: jti,
  tid,
  amount,
  currency,
  iss: z.string().optional(),
  aud: audience.optional(),
  iat: seconds.optional(),
  exp: seconds.optional(),
})

/** Profile 5: the shop cancels. Without an amount, all of it. */
export const cancelClaims = z.looseObject({
  iss: z.string(),
  aud: audience,
  typ: z.literal('payment.cancel'),
  tid,
  amount: amount.optional(),
  currency: currency.optional(),
  reason: z.string().max(200).optional(),
  iat: seconds,
  exp: seconds.optional(),
  jti,
  /** Only in answer to our own request: which question it answers, and what asking is about. */
  re: jti.optional(),
  ref: jti.optional(),
})

/** Profile 6: the shop does not want to cancel what somebody at a desk would. */
export const declineClaims = z.looseObject({
  iss: z.string(),
  aud: audience,
  typ: z.literal('payment.cancel-declined'),
  tid,
  reason: z.string().max(200).optional(),
  re: jti,
  iat: seconds,
  exp: seconds.optional(),
})

/** How far a sender's clock may be off (P5.2). */
export const CLOCK_DRIFT_S = 300

/** Whether a message was signed now, as far as clocks agree. */
export function isFresh(claims: { readonly iat: number; readonly exp?: number | undefined }, now: Date): boolean {
  const second = now.getTime() / 1000
  if (Math.abs(second - claims.iat) > CLOCK_DRIFT_S) return false
  return claims.exp === undefined || second < claims.exp + CLOCK_DRIFT_S
}
