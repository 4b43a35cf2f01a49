import { z } from 'zod'
import type { InstalledModule } from '../../merchant-modules/installed-module'
import type { TermsChanges } from '../../merchant-modules/terms-changes'
import { currencyCodes } from '../../money/currency'
import { type ModuleTerms, refundPolicies } from '../../payments/module-terms'
import { amountOut, amountText, currency, moment, text } from '../fields'

const byCurrency = <Value extends z.ZodType>(value: Value) => z.partialRecord(z.enum(currencyCodes), value)
const code = z.string().regex(/^[a-z][a-z0-9-]{1,31}$/, 'bad-format')
const refundTerms = {
  policy: z
    .enum(refundPolicies)
    .meta({ description: 'approval: after one of your people agreed; by-hand: paid out by people.' }),
  days: z.int().min(1).max(9999).optional().meta({ description: 'After the payment; no limit when absent.' }),
}
const refunds = z.strictObject({
  ...refundTerms,
  groups: z
    .array(z.strictObject({ group: text(60), ...refundTerms }))
    .max(200)
    .meta({ description: 'Terms of product groups that have others.' }),
})
const combination = z
  .union([
    z.strictObject({ kind: z.enum(['any', 'alone']) }),
    z.strictObject({ kind: z.literal('listed'), with: z.array(code).max(100) }),
  ])
  .meta({ description: 'Which other modules may stand beside it in one payment. Both have to agree.' })
const at = z
  .string()
  .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'bad-format')
  .meta({ example: '23:30' })
const schedule = z
  .union([
    z.strictObject({ kind: z.literal('daily'), at }),
    z.strictObject({ kind: z.literal('monthly'), day: z.int().min(1).max(31), at }),
  ])
  .meta({ description: 'By the clocks of the gateway’s zone; a day that a month does not have means its last one.' })
const settings = z
  .record(z.string().max(40), z.unknown())
  .meta({ description: 'What the module itself wants to know of your shop.' })
const state = z.enum(['inactive', 'active'])
const audience = z.enum(['everybody', 'listed'])
const limits = (amount: z.ZodType<string>) =>
  byCurrency(z.strictObject({ minimum: amount.optional(), maximum: amount.optional() })).meta({
    description: 'What the means may carry of one payment, by currency.',
  })

export const moduleView = z
  .strictObject({
    module: code,
    timing: z.enum(['immediate', 'deferred']),
    state: z.enum(['available', 'inactive', 'active']).meta({ description: 'available: not registered yet.' }),
    running: z
      .strictObject({ payments: z.int(), refunds: z.int() })
      .meta({ description: 'What finishes even when it is deactivated.' }),
    terms: z
      .strictObject({
        position: z.int(),
        currencies: z.array(currency).meta({ description: 'Empty: all that you take.' }),
        limits: limits(amountOut),
        fee: z.strictObject({ bps: z.int(), fixed: byCurrency(amountOut) }),
        audience,
        combination,
        refunds,
        schedule: schedule.nullable(),
        nextBatchAt: moment.nullable(),
        settings,
        registeredAt: moment,
        changedAt: moment,
      })
      .nullable(),
  })
  .meta({ id: 'Module' })

export const moduleChanges = z
  .strictObject({
    state: state.optional(),
    position: z.int().min(0).max(1000).optional().meta({ description: 'Where the checkout shows it.' }),
    currencies: z.array(currency).max(currencyCodes.length).optional(),
    limits: limits(amountText).optional(),
    fee: z
      .strictObject({ bps: z.int().min(0).max(10_000), fixed: byCurrency(amountText) })
      .optional()
      .meta({
        description:
          'Of each payment: basis points of the amount, and a sum by currency. Refused where it is agreed on with the operator.',
      }),
    audience: audience.optional(),
    combination: combination.optional(),
    refunds: refunds.optional(),
    schedule: schedule.nullable().optional().meta({ description: 'null removes it.' }),
    settings: settings.optional(),
  })
  .meta({ id: 'ModuleChanges', description: 'What is left out stays.' })

export function viewModule(
  installed: InstalledModule,
  terms: ModuleTerms | undefined,
  running: { payments: number; refunds: number } = { payments: 0, refunds: 0 },
): z.output<typeof moduleView> {
  const { code: module, timing } = installed
  return {
    ...{ module, timing, state: terms?.state ?? 'available', running: { ...running } },
    terms: terms
      ? {
          ...inText({
            position: terms.position,
            currencies: terms.currencies,
            limits: terms.limits,
            fee: terms.fee,
            audience: terms.audience,
            combination: terms.combination,
            refunds: terms.refunds,
            settings: terms.settings,
          }),
          schedule: terms.schedule ?? null,
          nextBatchAt: terms.nextBatchAt?.toISOString() ?? null,
          registeredAt: terms.registeredAt.toISOString(),
          changedAt: terms.changedAt.toISOString(),
        }
      : null,
  }
}

/** Amounts in decimal text, everything else as it is. */
function inText<Terms>(terms: Terms): Wire<Terms> {
  return JSON.parse(
    JSON.stringify(terms, (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each)),
  ) as Wire<Terms>
}

type Wire<Value> = Value extends bigint
  ? string
  : Value extends readonly (infer Each)[]
    ? Wire<Each>[]
    : Value extends object
      ? { -readonly [Key in keyof Value]: Wire<Value[Key]> }
      : Value

function inUnits(sums: Readonly<Record<string, string | undefined>>): ModuleTerms['fee']['fixed'] {
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, BigInt(sum ?? 0)]))
}

/** What a request wants to change, in our words. */
export function readChanges({ limits: wanted, fee, ...rest }: z.output<typeof moduleChanges>): TermsChanges {
  const given = {
    ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as TermsChanges),
    ...(fee && { fee: { bps: fee.bps, fixed: inUnits(fee.fixed) } }),
  }
  if (!wanted) return given
  const read = Object.entries(wanted).map(([name, { minimum, maximum }]) => [
    name,
    {
      ...(minimum !== undefined && { minimum: BigInt(minimum) }),
      ...(maximum !== undefined && { maximum: BigInt(maximum) }),
    },
  ])
  return { ...given, limits: Object.fromEntries(read) }
}
