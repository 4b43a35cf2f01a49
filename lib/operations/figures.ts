import type { Clock } from '../clock'
import type { LinkMessage, LinkName } from '../gateways/link-observer'
import { Latencies, type WrittenLatencies } from './latency'

/** How quick one link to one system was for a while. */
export interface LinkFigures {
  readonly link: LinkName
  readonly system: string
  readonly answered: number
  readonly unanswered: number
  readonly unmatched: number
  /** Since the start of the process. */
  readonly lastAnswerAt: Date | undefined
  /** Of answers. */
  readonly latencies: WrittenLatencies
}

/** What a process did for a while. */
export interface WorkFigures {
  /** Attempts to pay that were answered, by what was answered: paid, declined, being-checked, … */
  readonly payments: Readonly<Record<string, number>>
  readonly paymentLatencies: WrittenLatencies
  /** Requests to the API that were answered. */
  readonly requests: number
  /** Among them those that we could not carry out (5xx). */
  readonly failedRequests: number
  readonly requestLatencies: WrittenLatencies
}

/** Counts what crosses links and what is answered, until somebody takes the counts and begins anew. */
export interface Figures {
  message(message: LinkMessage): void
  payment(result: string, milliseconds: number): void
  request(status: number, milliseconds: number): void
  take(): { links: LinkFigures[]; work: WorkFigures }
}

interface Counted {
  readonly link: LinkName
  readonly system: string
  answered: number
  unanswered: number
  unmatched: number
  lastAnswerAt: Date | undefined
  latencies: Latencies
}

/** Shops are many and none of them is ours to look after: their servers count as one system. */
export const SHOPS = 'shops'

/** The system a message counts for in figures. */
export function countedSystem({ link, system }: Pick<LinkMessage, 'link' | 'system'>): string {
  return link === 'webhook' || link === 'confirmation' ? SHOPS : system
}

export function createFigures(clock: Clock): Figures {
  const links = new Map<string, Counted>()
  let work = emptyWork()

  return {
    message(message) {
      if (message.direction === 'out') return
      const { link, result, durationMs } = message
      const system = countedSystem(message)
      const key = `${link} ${system}`
      let counted = links.get(key)
      if (!counted) {
        counted = {
          ...{ link, system, answered: 0, unanswered: 0, unmatched: 0 },
          lastAnswerAt: undefined,
          latencies: new Latencies(),
        }
        links.set(key, counted)
      }
      if (result === 'unmatched') counted.unmatched += 1
      else if (result === 'no-answer') counted.unanswered += 1
      else {
        counted.answered += 1
        counted.lastAnswerAt = clock.now()
        if (durationMs !== undefined) counted.latencies.add(durationMs)
      }
    },
    payment(result, milliseconds) {
      work.payments.set(result, (work.payments.get(result) ?? 0) + 1)
      work.paymentLatencies.add(milliseconds)
    },
    request(status, milliseconds) {
      work.requests += 1
      if (status >= 500) work.failedRequests += 1
      work.requestLatencies.add(milliseconds)
    },
    take() {
      const taken = {
        links: [...links.values()].map(({ latencies, ...counted }) => ({
          ...counted,
          latencies: latencies.written(),
        })),
        work: {
          payments: Object.fromEntries(work.payments),
          paymentLatencies: work.paymentLatencies.written(),
          requests: work.requests,
          failedRequests: work.failedRequests,
          requestLatencies: work.requestLatencies.written(),
        },
      }
      for (const counted of links.values()) {
        Object.assign(counted, { answered: 0, unanswered: 0, unmatched: 0, latencies: new Latencies() })
      }
      work = emptyWork()
      return taken
    },
  }
}

function emptyWork() {
  return {
    payments: new Map<string, number>(),
    paymentLatencies: new Latencies(),
    requests: 0,
    failedRequests: 0,
    requestLatencies: new Latencies(),
  }
}
