import type { Clock } from '../../clock'
import { type ConnectionSettings, LastingConnection } from './connection'
import { Exchange, type Outgoing } from './exchange'
import type { LinkProtocol } from './protocol'

export interface LinkSettings extends ConnectionSettings {
  /** How many connections are kept open; requests are spread over those that are up. */
  readonly connections: number
  /** How many requests may be under way on one connection. */
  readonly inFlightPerConnection: number
}

/** What happens on a link, for the log and for alerts. Never carries anything of a message. */
export type LinkEvent =
  { kind: 'connection-up' } | { kind: 'connection-down'; reason: string } | { kind: 'unmatched-answer' }

/** How a link stands, for operators. */
export interface LinkState {
  readonly connectionsUp: number
  readonly inFlight: number
  /** Requests that wait for a connection or for room on one. */
  readonly waiting: number
  readonly lastAnswerAt: Date | undefined
  /** Answers since the start that nobody waited for: late, twice, or to nothing we asked. */
  readonly unmatchedAnswers: number
  /** Requests since the start that ended without an answer. */
  readonly unanswered: number
}

/** All connections to one outside system. */
export class LastingLink<Answer> {
  private readonly connections: LastingConnection<Answer>[]
  private readonly waiting = new Set<Exchange<Answer>>()
  private readonly open = new Set<Promise<unknown>>()
  private turn = 0
  private isClosing = false
  private lastAnswerAt: Date | undefined
  private unmatchedAnswers = 0
  private unanswered = 0

  constructor(
    protocol: LinkProtocol<Answer>,
    private readonly settings: LinkSettings,
    onEvent: (event: LinkEvent) => void,
    private readonly clock: Clock,
  ) {
    const observer = {
      onUp: () => {
        onEvent({ kind: 'connection-up' })
        this.sendWaiting()
      },
      onDown: (reason: string) => onEvent({ kind: 'connection-down', reason }),
      onUnmatched: () => {
        this.unmatchedAnswers += 1
        onEvent({ kind: 'unmatched-answer' })
      },
      onAnswer: () => (this.lastAnswerAt = this.clock.now()),
      onRoom: () => this.sendWaiting(),
    }
    this.connections = Array.from(
      { length: settings.connections },
      () => new LastingConnection(protocol, settings, observer, clock),
    )
  }

  /**
   * Sends a request and waits for its answer, at most the time limit, the wait for a connection included. Undefined is
   * no answer. When all connections are full, a request that begins something new has no answer at once, so that an
   * overload does not grow; what finishes something begun waits its turn.
   */
  async request(outgoing: Outgoing, { beginsSomething }: { beginsSomething: boolean }): Promise<Answer | undefined> {
    if (this.isClosing || (beginsSomething && this.isFull())) {
      this.unanswered += 1
      return undefined
    }
    const exchange = new Exchange<Answer>(outgoing, this.settings.timeLimitMs)
    const connection = this.freest()
    if (connection) {
      connection.carry(exchange)
    } else {
      this.waiting.add(exchange)
      exchange.onSettled = () => this.waiting.delete(exchange)
    }
    this.open.add(exchange.answer)
    const answer = await exchange.answer
    this.open.delete(exchange.answer)
    if (!answer) this.unanswered += 1
    return answer
  }

  state(): LinkState {
    return {
      connectionsUp: this.connections.filter((connection) => connection.isUp).length,
      inFlight: this.connections.reduce((sum, connection) => sum + connection.inFlight, 0),
      waiting: this.waiting.size,
      lastAnswerAt: this.lastAnswerAt,
      unmatchedAnswers: this.unmatchedAnswers,
      unanswered: this.unanswered,
    }
  }

  /** Takes no more requests, lets those under way finish (at most the time limit), signs off and hangs up. */
  async close(): Promise<void> {
    this.isClosing = true
    await Promise.all(this.open)
    await Promise.all(this.connections.map((connection) => connection.close()))
  }

  /** The connection with the fewest requests under way that is up and has room; ties go round. */
  private freest(): LastingConnection<Answer> | undefined {
    let best: LastingConnection<Answer> | undefined
    let fewest = this.settings.inFlightPerConnection
    this.turn += 1
    for (let index = 0; index < this.connections.length; index += 1) {
      const connection = this.connections[(this.turn + index) % this.connections.length]!
      if (!connection.isUp || connection.inFlight >= fewest) continue
      best = connection
      fewest = connection.inFlight
    }
    return best
  }

  private isFull(): boolean {
    const { connections, inFlightPerConnection } = this.settings
    return this.open.size >= connections * inFlightPerConnection
  }

  private sendWaiting(): void {
    for (const exchange of this.waiting) {
      const connection = this.freest()
      if (!connection) return
      this.waiting.delete(exchange)
      connection.carry(exchange)
    }
  }
}
