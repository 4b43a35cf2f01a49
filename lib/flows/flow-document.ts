import { z } from 'zod'
import { webhookTopics } from '../messages/message'
import { currencyCodes } from '../money/currency'

/** What may be said of a payment without saying anything that a shop has to hear: disputes and the like are always told. */
export const silentTopics = webhookTopics.filter((topic) => /^(payment|refund)\./.test(topic))
const silentTopic = z.string().refine((topic) => silentTopics.some((known) => known === topic), 'bad-format')

export const staffOccasions = ['paid', 'failed', 'authorized', 'awaiting', 'refunded', 'approval-needed'] as const

/** Holds lapse after six days (TIMES.hold); nothing is left for later than this. */
const MOST_HOURS = 140
/** Two points, each asked within the time that a shopper waits: so neither may take more than this. */
const LONGEST_HOOK_MS = 4_000

const captureTime = z.discriminatedUnion('when', [
  z.strictObject({ when: z.literal('at-once') }),
  z.strictObject({ when: z.literal('by-hand') }),
  z.strictObject({
    when: z.literal('batch'),
    at: z
      .string()
      .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'bad-format')
      .meta({ description: 'Time of day, by the clocks of the installation’s zone.', example: '02:00' }),
  }),
  z.strictObject({ when: z.literal('after'), hours: z.int().min(1).max(MOST_HOURS) }),
  z.strictObject({ when: z.literal('shipped') }),
])

const approvalRule = z.strictObject({
  currency: z.enum(currencyCodes),
  above: z
    .string()
    .regex(/^(?:0|[1-9][0-9]{0,11})$/, 'amount-form')
    .meta({ description: 'Minor units; payments of more than this wait.', example: '1000000' }),
  people: z.int().min(1).max(3).meta({ description: 'How many have to agree; 2: four eyes.' }),
})

const staffNotice = z.strictObject({
  to: z.email('bad-format').max(254),
  locale: z.enum(['ko', 'en']),
  on: z.array(z.enum(staffOccasions)).min(1).max(staffOccasions.length),
})

const hook = z.strictObject({
  point: z.enum(['before-authorize', 'before-capture']),
  url: z.string().max(500).meta({ description: 'Of the shop’s server; https.' }),
  timeLimitMs: z.int().min(200).max(LONGEST_HOOK_MS),
  noAnswer: z.enum(['allow', 'deny']).meta({ description: 'What silence counts as.' }),
})

/**
 * A shop's payment flow as data: what happens to each of its payments between opening and taking it. It can ask for more
 * than the contract does, never for less.
 */
export const flowDocument = z
  .strictObject({
    confirm: z.enum(['as-contract', 'always']),
    capture: captureTime,
    approvals: z.array(approvalRule).max(10),
    notify: z.strictObject({
      receipts: z.boolean().meta({ description: 'Whether shoppers get receipts from here.' }),
      staff: z.array(staffNotice).max(10),
      silent: z.array(silentTopic).max(20).meta({ description: 'Webhooks that are not sent.' }),
    }),
    hooks: z.array(hook).max(2),
  })
  .meta({ id: 'FlowDocument' })

export type FlowDocument = z.output<typeof flowDocument>
export type ApprovalRule = z.output<typeof approvalRule>

/** What every shop begins with: confirmed as the contract says, taken at once unless the request says by hand. */
export const firstFlow: FlowDocument = {
  confirm: 'as-contract',
  capture: { when: 'at-once' },
  approvals: [],
  notify: { receipts: true, staff: [], silent: [] },
  hooks: [],
}
