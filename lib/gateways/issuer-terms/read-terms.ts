import { z } from 'zod'
import { currencyCodes } from '../../money/currency'
import { parseMinorUnits } from '../../money/money'
import type { PublishedTerms } from './issuer-terms'

// Bounds as the optimizer has them: terms that pass here can always be reckoned with.
const LARGEST_SUM = 10_000_000_000n
const LARGEST_VALUE = 1_000_000_000n
const MOST_REWARDS = 20
const MOST_SHOPS = 100

const text = z.string().min(1).max(128)

const minorUnits = (least: bigint, most: bigint) =>
  z.string().transform((written, context) => {
    const amount = parseMinorUnits(written)
    if (amount !== undefined && amount >= least && amount <= most) return amount
    context.addIssue({ code: 'custom', message: `must be minor units from ${least} to ${most}` })
    return z.NEVER
  })

const rate = z
  .string()
  .regex(/^(?:0|1)(?:\.[0-9]{1,8})?$/)
  .transform(Number)
  .refine((fraction) => fraction <= 1)

const basisPoints = z.int().min(0).max(10_000)

const INSTANT =
  /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,3})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$/

/** Date takes the 31st of a shorter month for a day of the next one: what it understood is compared with what was written. */
function isInstant(written: string): boolean {
  const day = written.slice(0, 10)
  return INSTANT.test(written) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

const instant = z.string().max(35).refine(isInstant, 'must be an RFC 3339 instant')

const rule = {
  id: text,
  type: z.enum(['cashback', 'miles', 'points', 'discount']),
  startsAt: instant.optional(),
  endsAt: instant.optional(),
  merchantIds: z
    .array(z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/))
    .min(1)
    .max(MOST_SHOPS)
    .optional(),
  label: z.strictObject({ ko: text, en: text }).optional(),
}

const reward = z
  .discriminatedUnion('kind', [
    z.strictObject({
      ...rule,
      kind: z.literal('rate'),
      valueBps: basisPoints,
      floor: minorUnits(0n, LARGEST_SUM).optional(),
      cap: minorUnits(1n, LARGEST_SUM).optional(),
    }),
    z.strictObject({
      ...rule,
      kind: z.literal('bonus'),
      value: minorUnits(0n, LARGEST_VALUE),
      minSpend: minorUnits(1n, LARGEST_SUM).optional(),
    }),
  ])
  .refine(
    ({ startsAt, endsAt }) =>
      startsAt === undefined || endsAt === undefined || Date.parse(startsAt) < Date.parse(endsAt),
    'must end after it starts',
  )

const terms = z
  .strictObject({
    issuer: text,
    product: text,
    bin: z.string().regex(/^[0-9]{4,11}$/),
    currency: z.enum(currencyCodes),
    updatedAt: instant.transform((written) => new Date(written)),
    apr: rate,
    minPayment: minorUnits(0n, LARGEST_SUM),
    fee: z.strictObject({ fixed: minorUnits(0n, LARGEST_VALUE), bps: basisPoints }),
    annualFee: minorUnits(0n, LARGEST_SUM),
    minCharge: minorUnits(1n, LARGEST_SUM).optional(),
    maxCharge: minorUnits(1n, LARGEST_SUM).optional(),
    rewards: z.array(reward).max(MOST_REWARDS),
  })
  .refine(
    ({ minCharge, maxCharge }) => minCharge === undefined || maxCharge === undefined || minCharge <= maxCharge,
    'the least charge must not exceed the largest',
  )

/**
 * Reads a document of the terms feed strictly: anything missing, unknown or out of bounds makes the whole of it unusable,
 * and the last good terms stay. Undefined then, and when it speaks of another product than the one asked for.
 */
export function readTerms(document: string, asked: { issuer: string; bin: string }): PublishedTerms | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(document)
  } catch {
    return undefined
  }
  const read = terms.safeParse(parsed)
  return read.success && read.data.issuer === asked.issuer && read.data.bin === asked.bin ? read.data : undefined
}
