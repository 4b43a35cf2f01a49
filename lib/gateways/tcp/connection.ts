import { connect } from 'node:net'
import type { Socket } from 'node:net'
import type { Clock } from '../../clock'
import { reconnectPause } from '../reconnect-pause'
import { Exchange } from './exchange'
import { type Housekeeping, type LinkProtocol, UnreadableBytes } from './protocol'

export interface ConnectionSettings {
  readonly host: string
  readonly port: number
  /** How long connecting and signing on, an echo, or a sign-off may take. */
  readonly timeLimitMs: number
  /** Silence after which the other side is asked whether it is still there. */
  readonly echoAfterMs: number
}

/** What a connection tells the link it belongs to. */
export interface ConnectionObserver {
  /** Signed on: requests may be sent. */
  onUp(): void
  /** Was up and is no longer, or could not be opened; it will try again by itself. */
  onDown(reason: string): void
  /** An answer nobody waits for: late, twice, or to nothing we asked. */
  onUnmatched(): void
  onAnswer(): void
  /** A request was answered or given up: there is room for another. */
  onRoom(): void
}

/** Well under the 30 s in which open reversals must be settled once a system answers again (P3.3). */
const PAUSES = { firstMs: 100, longestMs: 5_000 }
/** Signing off is a courtesy; a silent system does not hold up our own stop. */
const SIGN_OFF_LIMIT_MS = 1_000

/**
 * One lasting TCP connection to an outside system. Signs on when it opens, echoes in silence, signs off when closed (as
 * far as the protocol has such messages), and opens itself again with growing, uneven pauses when lost. Whatever was
 * under way when it is lost has no answer.
 */
export class LastingConnection<Answer> {
  isUp = false
  private readonly underWay = new Map<string, Exchange<Answer>>()
  private socket: Socket | undefined
  private failures = 0
  private isClosed = false
  private isCorked = false
  private isEchoing = false
  private lastHeardAt = 0
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly protocol: LinkProtocol<Answer>,
    private readonly settings: ConnectionSettings,
    private readonly observer: ConnectionObserver,
    private readonly clock: Clock,
  ) {
    this.open()
  }

  get inFlight(): number {
    return this.underWay.size
  }

  /** Sends a request. Only for a connection that is up; the exchange settles by its own time limit at the latest. */
  carry(exchange: Exchange<Answer>): void {
    const same = this.underWay.get(exchange.key)
    if (same) {
      // The same request is under way already: its answer is the answer to both.
      void same.answer.then((answer) => exchange.settle(answer))
      return
    }
    const sentAt = performance.now()
    this.underWay.set(exchange.key, exchange)
    exchange.onSettled = (answer) => {
      this.underWay.delete(exchange.key)
      if (!answer && this.isUp && this.lastHeardAt < sentAt) this.echo()
      this.observer.onRoom()
    }
    this.write(exchange.bytes)
  }

  /** Signs off and hangs up. What is still under way has no answer, so let it finish first. */
  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.timer)
    const { socket } = this
    if (!socket) return
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    if (this.isUp) {
      this.isUp = false
      await this.ask('sign-off', Math.min(SIGN_OFF_LIMIT_MS, this.settings.timeLimitMs))
    }
    socket.destroy()
    await gone
  }

  private open(): void {
    const { host, port, timeLimitMs } = this.settings
    const socket = connect({ host, port, noDelay: true })
    const reader = this.protocol.reader()
    let reason = 'hung up by the other side'
    this.socket = socket
    this.timer = setTimeout(() => socket.destroy(new Error('no sign-on in time')), timeLimitMs)
    socket.on('connect', () => void this.signOn(socket))
    socket.on('data', (chunk) => {
      this.lastHeardAt = performance.now()
      try {
        for (const answer of reader.push(chunk)) this.take(answer)
      } catch (error) {
        if (!(error instanceof UnreadableBytes)) throw error
        // Where the next message begins, and whose answer this was, can no longer be known.
        socket.destroy(error)
      }
    })
    socket.on('error', (error) => (reason = 'code' in error ? String(error.code) : error.message))
    socket.on('close', () => this.lose(reason))
  }

  private async signOn(socket: Socket): Promise<void> {
    if (!(await this.ask('sign-on', this.settings.timeLimitMs))) {
      socket.destroy(new Error('sign-on not accepted'))
      return
    }
    // It may have been lost while the sign-on was being answered.
    if (this.isClosed || this.socket !== socket) return
    clearTimeout(this.timer)
    // Where nobody signs on, being let in says little: the first answer does.
    if (socket.bytesRead > 0) this.failures = 0
    this.lastHeardAt = performance.now()
    this.isUp = true
    this.watchForSilence()
    this.observer.onUp()
  }

  private take(answer: Answer): void {
    this.observer.onAnswer()
    if (this.isUp) this.failures = 0
    const exchange = this.underWay.get(this.protocol.keyOf(answer))
    if (exchange) exchange.settle(answer)
    else this.observer.onUnmatched()
  }

  private lose(reason: string): void {
    clearTimeout(this.timer)
    this.socket = undefined
    this.isUp = false
    this.isEchoing = false
    for (const exchange of [...this.underWay.values()]) exchange.settle(undefined)
    if (this.isClosed) return
    this.observer.onDown(reason)
    const pauseMs = reconnectPause(this.failures, PAUSES)
    this.failures += 1
    this.timer = setTimeout(() => this.open(), pauseMs)
  }

  private watchForSilence(): void {
    const quietMs = performance.now() - this.lastHeardAt
    const leftMs = this.settings.echoAfterMs - quietMs
    if (leftMs <= 0) this.echo()
    this.timer = setTimeout(() => this.watchForSilence(), leftMs > 0 ? leftMs : this.settings.echoAfterMs)
  }

  /** Asks whether the other side is there and still has us signed on. If not, the connection is opened afresh. */
  private echo(): void {
    const { socket } = this
    if (this.isEchoing || !socket) return
    this.isEchoing = true
    void this.ask('echo', this.settings.timeLimitMs).then((isFine) => {
      if (this.socket !== socket) return
      this.isEchoing = false
      if (!isFine) socket.destroy(new Error('echo not answered'))
    })
  }

  /** Whether it was answered as it should be; true at once where the protocol has no such message. */
  private async ask(purpose: Housekeeping, timeLimitMs: number): Promise<boolean> {
    const outgoing = this.protocol.housekeeping(purpose, this.clock.now())
    if (!outgoing) return true
    const exchange = new Exchange<Answer>(outgoing, timeLimitMs)
    this.underWay.set(exchange.key, exchange)
    exchange.onSettled = () => this.underWay.delete(exchange.key)
    this.write(exchange.bytes)
    const answer = await exchange.answer
    return answer !== undefined && this.protocol.isFine(answer)
  }

  /** Writes go out together at the end of the turn: under load many requests share one packet. */
  private write(bytes: Buffer): void {
    const { socket } = this
    if (!socket) return
    if (!this.isCorked) {
      this.isCorked = true
      socket.cork()
      setImmediate(() => {
        this.isCorked = false
        socket.uncork()
      })
    }
    socket.write(bytes)
  }
}
