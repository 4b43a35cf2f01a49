import type { LinkName } from '../gateways/link-observer'
import type { LinkState } from '../gateways/tcp/link'
import type { LinkFigures } from './figures'
import type { LinkCondition, ReportedLink } from './process-report'

/** A link as its adapter sees it at this moment. */
export interface LinkCheck {
  readonly link: LinkName
  readonly system: string
  /** How many connections there should be, and how many stand; both absent where a link opens one when it needs it. */
  readonly connections?: number
  readonly connectionsUp?: number
  readonly inFlight?: number
  readonly lastAnswerAt?: Date | undefined
}

/** Links with lasting connections, as their adapters and the settings have them, in the same order. */
export function lastingLinks(
  link: LinkName,
  states: readonly (Pick<LinkState, 'connectionsUp' | 'inFlight' | 'lastAnswerAt'> & { readonly code: string })[],
  settings: readonly { readonly connections: number }[],
): LinkCheck[] {
  return states.map(({ code, connectionsUp, inFlight, lastAnswerAt }, index) => ({
    ...{ link, system: code, connectionsUp, inFlight, lastAnswerAt },
    connections: settings[index]?.connections ?? connectionsUp,
  }))
}

/** What adapters see and what was counted, together: one line for each link to each system. */
export function reportedLinks(checks: readonly LinkCheck[], figures: readonly LinkFigures[]): ReportedLink[] {
  const counted = new Map(figures.map((each) => [keyOf(each), each]))
  const known = new Set(checks.map(keyOf))
  const unchecked = figures.filter((each) => !known.has(keyOf(each)))
  return [...checks, ...unchecked.map(({ link, system }): LinkCheck => ({ link, system }))].map((check) => {
    const figure = counted.get(keyOf(check))
    const { answered = 0, unanswered = 0, unmatched = 0, latencies = [] } = figure ?? {}
    const lastAnswerAt = latest(check.lastAnswerAt, figure?.lastAnswerAt)
    const { link, system, connections, connectionsUp, inFlight } = check
    return {
      ...{ link, system, answered, unanswered, unmatched, latencies: latencies.map(([a, b]) => [a, b]) },
      state: conditionOf(check, { answered, unanswered, lastAnswerAt }),
      ...(connections === undefined ? {} : { connections }),
      ...(connectionsUp === undefined ? {} : { connectionsUp }),
      ...(inFlight === undefined ? {} : { inFlight }),
      ...(lastAnswerAt ? { lastAnswerAt } : {}),
    }
  })
}

/** A connection that stands but brings no answers is not up; one that nobody has used is neither. */
function conditionOf(
  { connections, connectionsUp }: LinkCheck,
  { answered, unanswered, lastAnswerAt }: { answered: number; unanswered: number; lastAnswerAt: Date | undefined },
): LinkCondition {
  if (connections !== undefined && connectionsUp === 0) return 'down'
  if (unanswered > 0) return answered === 0 ? 'down' : 'degraded'
  if (connections !== undefined && connectionsUp !== undefined) return connectionsUp < connections ? 'degraded' : 'up'
  return lastAnswerAt ? 'up' : 'unused'
}

function latest(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (!a || !b) return a ?? b
  return a > b ? a : b
}

const keyOf = ({ link, system }: { link: LinkName; system: string }) => `${link} ${system}`
