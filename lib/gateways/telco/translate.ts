import { z } from 'zod'
import { parseMinorUnits } from '../../money/money'
import type { CallingNumber, TelcoAnswer, TelcoRefusal } from './telco'

const NO_ANSWER = { kind: 'no-answer' } as const

/** The profile's results that are an explicit no. TRY_LATER and whatever is not named here or below is no answer. */
const REFUSALS: Readonly<Record<string, TelcoRefusal>> = {
  UNKNOWN_NUMBER: 'unknown-number',
  NOT_BILLABLE: 'not-billable',
  SUBSCRIBER_MISMATCH: 'subscriber-mismatch',
  PIN_WRONG: 'pin-wrong',
  PIN_LOCKED: 'pin-locked',
  ARREARS: 'arrears',
  SUSPENDED: 'suspended',
  TERMINATED: 'terminated',
  CAP_EXCEEDED: 'cap-exceeded',
  FORMAT: 'format',
}

const amount = z.string().transform((text, context) => {
  const value = parseMinorUnits(text)
  if (value === undefined) context.addIssue('not whole minor units')
  return value ?? z.NEVER
})

const approval = z.object({
  result: z.literal('OK'),
  subscriberRef: z.string().regex(/^[!-~]{1,64}$/),
  lineKind: z.enum(['PSTN', 'ISDN', 'IN']),
  notify: z
    .string()
    .regex(/^\+[1-9][0-9]{6,14}$/)
    .optional(),
  monthlyCap: amount.optional(),
})

const refusal = z.object({ result: z.string(), overdueAmount: amount.optional().catch(undefined) })

/**
 * An answer in the port's words. Only an OK that has everything it must is a yes, only a result that is a no in the
 * profile is a no; all else is no answer.
 */
export function readAnswer(system: string, calling: CallingNumber, body: unknown): TelcoAnswer {
  const approved = approval.safeParse(body)
  if (approved.success) {
    const { result: _, ...facts } = approved.data
    return (facts.lineKind === 'IN') === (calling.kind === 'calling-card')
      ? { kind: 'approved', system, ...present(facts) }
      : NO_ANSWER
  }
  const refused = refusal.safeParse(body)
  if (!refused.success) return NO_ANSWER
  const reason = Object.hasOwn(REFUSALS, refused.data.result) ? REFUSALS[refused.data.result] : undefined
  if (!reason) return NO_ANSWER
  const { overdueAmount } = refused.data
  const isOverdue = reason === 'arrears' && overdueAmount !== undefined
  return { kind: 'refused', system, reason, ...(isOverdue && { overdueAmount }) }
}

/** The members that are there: an optional one is absent, not undefined. */
function present<Facts extends object>(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts
}
