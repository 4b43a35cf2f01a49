import { systemClock } from '../../clock'
import type { Clock } from '../../clock'
import type { LinkObserver } from '../link-observer'
import { LastingLink, type LinkEvent } from '../tcp/link'
import { authenticateRequest, statusRequest, type TelcoRequest } from './messages'
import { type NumberOwner, routeByNumber } from './number-routes'
import { outgoing, telcoProtocol, type TelcoReply } from './protocol'
import type { CallingNumber, TelcoAnswer, Telcos, TelcoState } from './telco'
import { readAnswer } from './translate'
import { writtenOut } from './written-out'

/** How one customer management system is reached. */
export interface TelcoLinkSettings extends NumberOwner {
  readonly host: string
  readonly port: number
  /** Two by default: one may break while the other carries on. */
  readonly connections?: number
  /** Requests under way on one connection; 1,000 by default. */
  readonly inFlightPerConnection?: number
  /** Silence after which the connection is tried: 30 s by default. */
  readonly pingAfterMs?: number
}

export interface TelcosOptions {
  readonly clock?: Clock
  /** After this there is no answer: 4 s by default. */
  readonly timeLimitMs?: number
  /** Told when connections come and go and of answers nobody waited for. Must not throw. */
  readonly onEvent?: (event: LinkEvent & { readonly system: string }) => void
  readonly observe?: LinkObserver | undefined
}

interface System {
  readonly code: string
  readonly connections: number
  readonly link: LastingLink<TelcoReply>
  /** True since the last request that had no answer, until one is answered. */
  isTroubled: boolean
}

const NO_ANSWER = { kind: 'no-answer' } as const

/**
 * Opens the connections to every customer management system, in the background: requests made before one is up wait for
 * it within the time limit. Each system has connections of its own, so one that is down or slow costs only its own lines.
 *
 * @throws RangeError if two systems claim the same numbers
 */
export function connectTelcos(settings: readonly TelcoLinkSettings[], options: TelcosOptions = {}): Telcos {
  const { clock = systemClock, observe } = options
  const systemOf = routeByNumber(settings)
  const systems = new Map(settings.map((each) => [each.code, connectSystem(each, options)]))

  /** Asks the system of a number; a number of no system of ours has nobody to answer. */
  async function ask(calling: CallingNumber, request: TelcoRequest, paymentId?: string): Promise<TelcoAnswer> {
    const system = systems.get(systemOf(calling) ?? '')
    if (!system) return NO_ANSWER
    const sending = outgoing(request)
    const told = {
      link: 'telco',
      system: system.code,
      operation: request.op,
      correlation: request.id,
      paymentId,
    } as const
    const sentAt = performance.now()
    observe?.({ ...told, direction: 'out', body: () => writtenOut(request) })
    const reply = await system.link.request(sending, { beginsSomething: true })
    const answer = reply ? readAnswer(system.code, calling, reply.body) : NO_ANSWER
    system.isTroubled = answer.kind === 'no-answer'
    observe?.({
      ...told,
      direction: 'in',
      result: answer.kind === 'refused' ? `refused:${answer.reason}` : answer.kind,
      durationMs: performance.now() - sentAt,
      ...(reply && { body: () => writtenOut(reply.body) }),
    })
    return answer
  }

  return {
    systemOf,
    authenticate: (request) => ask(request.calling, authenticateRequest(request, clock.now()), request.purchase.tid),
    status: (request) => ask(request.calling, statusRequest(request, clock.now())),
    states: () => [...systems.values()].map(stateOf),
    close: async () => {
      await Promise.all([...systems.values()].map(({ link }) => link.close()))
    },
  }
}

function connectSystem(
  settings: TelcoLinkSettings,
  { clock = systemClock, timeLimitMs = 4_000, onEvent, observe }: TelcosOptions,
): System {
  const { code, host, port } = settings
  const { connections = 2, inFlightPerConnection = 1_000, pingAfterMs = 30_000 } = settings
  const link = new LastingLink(
    telcoProtocol,
    { host, port, connections, inFlightPerConnection, timeLimitMs, echoAfterMs: pingAfterMs },
    (event) => {
      onEvent?.({ ...event, system: code })
      if (event.kind !== 'unmatched-answer') return
      observe?.({ link: 'telco', system: code, direction: 'in', operation: 'unmatched', result: 'unmatched' })
    },
    clock,
  )
  return { code, connections, link, isTroubled: false }
}

function stateOf({ code, connections, link, isTroubled }: System): TelcoState {
  const { connectionsUp, inFlight, lastAnswerAt, unanswered, unmatchedAnswers } = link.state()
  const state = connectionsUp === 0 ? 'down' : isTroubled || connectionsUp < connections ? 'degraded' : 'up'
  return { code, state, connectionsUp, inFlight, lastAnswerAt, unanswered, unmatchedAnswers }
}
