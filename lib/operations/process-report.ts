import { z } from 'zod'
import { linkNames } from '../gateways/link-observer'

const linkStates = ['up', 'degraded', 'down', 'unused'] as const
/** up: answers. degraded: some of it does not. down: nothing does. unused: nothing has been asked of it. */
export type LinkCondition = (typeof linkStates)[number]

const latencies = z.array(z.tuple([z.number().int(), z.number().int()]))

const link = z.object({
  link: z.enum(linkNames),
  system: z.string(),
  state: z.enum(linkStates),
  /** Only of links with lasting connections: how many there should be, and how many there are. */
  connections: z.number().int().optional(),
  connectionsUp: z.number().int().optional(),
  inFlight: z.number().int().optional(),
  lastAnswerAt: z.coerce.date().optional(),
  answered: z.number().int(),
  unanswered: z.number().int(),
  unmatched: z.number().int(),
  latencies,
})

const pool = z.object({
  most: z.number().int(),
  open: z.number().int(),
  idle: z.number().int(),
  /** Requests that wait for a connection. */
  waiting: z.number().int(),
})

const work = z.object({
  payments: z.record(z.string(), z.number().int()),
  paymentLatencies: latencies,
  requests: z.number().int(),
  failedRequests: z.number().int(),
  requestLatencies: latencies,
  /** Messages of links that could not be kept in the transaction log, since the start. */
  logLost: z.number().int(),
  logWaiting: z.number().int(),
})

/** What a process writes about itself every few seconds. */
export const processReport = z.object({
  instance: z.string(),
  at: z.date(),
  /** web | api | worker */
  process: z.string(),
  startedAt: z.date(),
  /** Since the report before, of one core. */
  cpu: z.number(),
  rssBytes: z.bigint(),
  /** How long the event loop kept others waiting at worst, of ninety-nine in a hundred times. */
  loopP99Ms: z.number(),
  /** What is added to the machine's clock for the time of the database; negative where that is ahead. */
  clockOffsetMs: z.number().int(),
  pool,
  links: z.array(link),
  work,
})

export type ProcessReport = z.output<typeof processReport>
export type ReportedLink = z.output<typeof link>
