import { z } from 'zod'
import { declineReasons } from '../../payments/decline-reason'
import type { Authorization, Completion, MeansPlan, Outcome, PaymentModule, PlanRequest } from '../payment-module'
import type { ModuleDescription, Verb } from './description'
import type { ModuleThread } from './module-thread'

/** What is kept of a leg is found again by it, and no more: a few short identifiers. */
const bounded = z.record(z.string().max(40), z.string().max(200)).refine((each) => Object.keys(each).length <= 20)
const means = z
  .record(z.string().max(40), z.union([z.string().max(200), z.number()]))
  .refine((each) => Object.keys(each).length <= 20)
const reason = z.enum(declineReasons)

const plan = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('planned'),
    legs: z
      .array(z.object({ means, amount: z.bigint().positive(), secret: z.string().max(1000).optional() }))
      .min(1)
      .max(10),
  }),
  z.object({ kind: z.literal('refused'), reason }),
  z.object({ kind: z.literal('wrong-input') }),
])
const authorization = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('authorized'), hold: bounded.default({}) }),
  z.object({ kind: z.literal('declined'), reason }),
  z.object({ kind: z.literal('no-answer') }),
])
const outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('refused'), reason }),
  z.object({ kind: z.literal('no-answer') }),
])
const completion = z.discriminatedUnion('kind', [
  ...outcome.options,
  z.object({ kind: z.literal('later'), until: z.date() }),
])
const checked = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('not-ready'), words: z.string().max(300) }),
  z.object({ kind: z.literal('no-answer') }),
])

interface Parts {
  readonly source: string
  readonly description: ModuleDescription
  readonly thread: Pick<ModuleThread, 'ask'>
  readonly report: (event: string, detail: Readonly<Record<string, unknown>>) => void
}

/**
 * Somebody else's module in our words. What it says is read like anything from outside; what it does not say rightly is "no
 * answer", which is neither yes nor no.
 */
export function createPackagedModule({ source, description, thread, report }: Parts): PaymentModule {
  const { code, names, version, fields, timing, holdsNothing, noticed, spi } = description
  const has = (verb: Verb) => description.verbs.includes(verb)

  /** @throws Error when the module throws, hangs or answers nonsense; the payments make "no answer" of it */
  async function ask<Schema extends z.ZodType>(
    verb: Verb,
    schema: Schema,
    ...args: unknown[]
  ): Promise<z.output<Schema>> {
    const read = schema.safeParse(await thread.ask(verb, args))
    if (!read.success) throw new Error(`${verb} was answered with what is no answer`)
    return read.data
  }

  async function planned(request: PlanRequest): Promise<MeansPlan> {
    try {
      // Where the shopper sits is no business of somebody else's code.
      const answer = await ask('plan', plan, { ...request, typedBy: undefined })
      if (answer.kind !== 'planned') return answer
      return {
        kind: 'planned',
        legs: answer.legs.map(({ secret, ...leg }) => ({
          module: code,
          ...leg,
          ...(secret !== undefined && { secret }),
        })),
      }
    } catch (error) {
      report('module-failed', { module: code, error: error instanceof Error ? error.message : 'unknown' })
      return { kind: 'refused', reason: 'module-unavailable' }
    }
  }

  return {
    ...{ code, timing },
    ...(holdsNothing && { holdsNothing }),
    ...(noticed !== undefined && { noticed }),
    packaged: { spi, source, names, version, fields },
    plan: planned,
    authorize: (leg, secret): Promise<Authorization> => ask('authorize', authorization, leg, secret),
    capture: (leg): Promise<Completion> => ask('capture', completion, leg),
    void: (leg): Promise<Outcome> => ask('void', outcome, leg),
    ...(has('refund') && { refund: (leg, refund): Promise<Outcome> => ask('refund', outcome, leg, refund) }),
    ...(has('check') && {
      check: () => ask('check', checked).catch(() => ({ kind: 'no-answer' as const })),
    }),
    ...(has('settingsFault') && {
      settingsFault: (settings) =>
        ask('settingsFault', z.string().max(300).nullish(), settings).then((words) => words ?? undefined),
    }),
  }
}
