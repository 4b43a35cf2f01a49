/** Requests of the telco link, exactly as the profile has them: a member too many or too few is a FORMAT error. */
import { z } from 'zod'

const id = z.string().regex(/^[!-~]{1,64}$/)
const at = z.iso.datetime({ offset: true })
const amount = z.string().regex(/^[1-9][0-9]{0,11}$/)
const text = z.string().min(1).max(400)

/** Phone bills are in won. */
export const CURRENCY = 'KRW'

const purchase = z.strictObject({
  tid: z.string().regex(/^[!-~]{1,64}$/),
  merchant: text,
  description: text,
  amount,
  currency: z.literal(CURRENCY),
})
const subscriber = z.strictObject({
  nameHash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  birthDate: z.iso.date(),
})
const line = { kind: z.literal('PSTN'), line: z.string().regex(/^\+[1-9][0-9]{6,14}$/) }
const card = { kind: z.literal('IN'), callingCard: z.string().regex(/^[0-9]{6,19}$/) }
const pin = z.string().regex(/^[0-9]{4,8}$/)

export const telcoRequest = z.union([
  z.strictObject({ id, op: z.literal('authenticate'), at, ...line, subscriber: subscriber.optional(), purchase }),
  z.strictObject({ id, op: z.literal('authenticate'), at, ...card, pin, subscriber: subscriber.optional(), purchase }),
  z.strictObject({ id, op: z.literal('status'), at, ...line }),
  z.strictObject({ id, op: z.literal('status'), at, ...card }),
])
export type TelcoRequest = z.infer<typeof telcoRequest>

/** The profile writes a ping bare; one that names itself is answered by its name. */
export const ping = z.strictObject({ op: z.literal('ping'), id: id.optional(), at: at.optional() })

export const REFUSALS = [
  'UNKNOWN_NUMBER',
  'NOT_BILLABLE',
  'SUBSCRIBER_MISMATCH',
  'PIN_WRONG',
  'PIN_LOCKED',
  'ARREARS',
  'SUSPENDED',
  'TERMINATED',
  'CAP_EXCEEDED',
  'FORMAT',
  'TRY_LATER',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** What is said of a line; the id is put before it when it is sent. */
export type Reply =
  | {
      readonly result: 'OK'
      readonly subscriberRef: string
      readonly lineKind: string
      readonly notify?: string
      readonly monthlyCap?: string
    }
  | { readonly result: Refusal; readonly overdueAmount?: string }

export function numberOf(request: TelcoRequest): string {
  return request.kind === 'PSTN' ? request.line : request.callingCard
}
