import type { LinkName } from '../gateways/link-observer'
import { Latencies } from './latency'
import type { LinkCondition, ProcessReport, ReportedLink } from './process-report'

/** A link to one outside system, as all processes together see it. */
export interface BoardLink {
  readonly link: LinkName
  readonly system: string
  readonly state: LinkCondition
  /** Of links that keep connections: how many there should be, and how many there are, over all processes. */
  readonly connections?: number
  readonly connectionsUp?: number
  readonly lastAnswerAt?: Date
  /** Of the last five minutes. */
  readonly answered: number
  readonly unanswered: number
  readonly p50?: number
  readonly p95?: number
  /** Amounts that it has still to give back. */
  readonly openReversals: number
}

/** Puts together what processes report: figures of all reports, states of the latest ones. */
export function mergeLinks(
  reports: readonly ProcessReport[],
  latest: readonly ProcessReport[],
  reversals: readonly { system: string; count: number }[],
): BoardLink[] {
  const standing = latest.flatMap(({ links }) => links)
  const keys = [...new Set([...standing, ...reports.flatMap(({ links }) => links)].map(keyOf))]
  return keys.map((key) => {
    const all = reports.flatMap(({ links }) => links.filter((link) => keyOf(link) === key))
    const now = standing.filter((link) => keyOf(link) === key)
    const { link, system } = all[0]!
    const latencies = new Latencies()
    for (const each of all) latencies.addWritten(each.latencies)
    const [p50, p95] = [latencies.quantile(0.5), latencies.quantile(0.95)]
    const answers = all.flatMap(({ lastAnswerAt }) => lastAnswerAt?.getTime() ?? [])
    const kept = now.filter(({ connections }) => connections !== undefined)
    return {
      ...{ link, system, state: together(now.map(({ state }) => state)) },
      answered: sum(all.map(({ answered }) => answered)),
      unanswered: sum(all.map(({ unanswered }) => unanswered)),
      openReversals: reversals.find((each) => each.system === counterparty({ link, system }))?.count ?? 0,
      ...(kept.length > 0 && {
        connections: sum(kept.map(({ connections = 0 }) => connections)),
        connectionsUp: sum(kept.map(({ connectionsUp = 0 }) => connectionsUp)),
      }),
      ...(answers.length > 0 && { lastAnswerAt: new Date(Math.max(...answers)) }),
      ...(p50 === undefined ? {} : { p50 }),
      ...(p95 === undefined ? {} : { p95 }),
    }
  })
}

/** What the legs that an outside system carries call it; other links carry none. */
function counterparty({ link, system }: Pick<ReportedLink, 'link' | 'system'>): string | undefined {
  if (link === 'bank') return `bank:${system}`
  return link === 'issuer' ? system : undefined
}

/** Down for all is down; down for some is degraded. Who does not use a link has nothing to say about it. */
function together(states: readonly LinkCondition[]): LinkCondition {
  const used = states.filter((state) => state !== 'unused')
  const [first] = used
  if (!first) return 'unused'
  return used.every((state) => state === first) ? first : 'degraded'
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
const keyOf = ({ link, system }: Pick<ReportedLink, 'link' | 'system'>) => `${link} ${system}`
