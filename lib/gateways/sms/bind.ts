import smpp, { type Pdu, type Session } from 'smpp'
import { reconnectPause } from '../reconnect-pause'

export interface BindSettings {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly systemId: string
  readonly password: string
  /** How long connecting and binding, a submission, or an enquiry may take. */
  readonly timeLimitMs: number
  /** Silence after which the centre is asked whether it is still there. */
  readonly enquireAfterMs: number
}

export interface BindObserver {
  onUp(): void
  /** Was bound and is no longer, or could not be; it will try again by itself. */
  onDown(reason: string): void
  /** The centre has something for us. True once it is safe with us, false when it had better come again. */
  onDelivery(pdu: Pdu): Promise<boolean>
}

/** The answer to a submission; `not-sent` when nothing left us, undefined when something did and no answer came. */
export type Submitted = Pdu | 'not-sent' | undefined

const PAUSES = { firstMs: 200, longestMs: 30_000 }
/** Unbinding is a courtesy; a silent centre does not hold up our own stop. */
const UNBIND_LIMIT_MS = 1_000
/** ESME_RX_T_APPN: we cannot take it just now. */
const COME_AGAIN = 0x64

/**
 * One lasting bind to the SMS centre as a transceiver. Enquires in silence, opens itself again with growing, uneven
 * pauses when lost. Whatever was under way when it is lost has no answer.
 */
export class LastingBind {
  isUp = false
  private readonly underWay = new Set<(answer: Pdu | undefined) => void>()
  private session: Session | undefined
  private failures = 0
  private isClosed = false
  private lastHeardAt = 0
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly settings: BindSettings,
    private readonly observer: BindObserver,
  ) {
    this.open()
  }

  get inFlight(): number {
    return this.underWay.size
  }

  submit(fields: object): Promise<Submitted> {
    const { session } = this
    if (!session || !this.isUp) return Promise.resolve('not-sent')
    return this.exchange((answered) => session.submit_sm(fields, answered), this.settings.timeLimitMs)
  }

  /** Unbinds and hangs up. What is still under way has no answer, so let it finish first. */
  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.timer)
    const { session } = this
    if (!session) return
    const gone = new Promise<void>((resolve) => session.socket.once('close', () => resolve()))
    if (this.isUp) {
      this.isUp = false
      await this.exchange((answered) => session.unbind(answered), Math.min(UNBIND_LIMIT_MS, this.settings.timeLimitMs))
    }
    session.destroy()
    await gone
  }

  private open(): void {
    const { host, port, tls, timeLimitMs } = this.settings
    const session = smpp.connect({ host, port, tls })
    let reason = 'hung up by the centre'
    const drop = (why: string) => {
      reason = why
      session.destroy()
    }
    this.session = session
    this.timer = setTimeout(() => drop('not bound in time'), timeLimitMs)
    session.on(tls ? 'secureConnect' : 'connect', () => this.bind(session, drop))
    session.on('pdu', () => (this.lastHeardAt = performance.now()))
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()))
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response())
      drop('unbound by the centre')
    })
    session.on('deliver_sm', (pdu: Pdu) => {
      void this.observer.onDelivery(pdu).then((isSafe) => {
        session.send(pdu.response(isSafe ? {} : { command_status: COME_AGAIN }))
      })
    })
    // What cannot be read leaves it unknown where the next message begins.
    session.on('error', (error: Error) => drop('code' in error ? String(error.code) : error.message))
    session.socket.on('close', () => this.lose(reason))
  }

  private bind(session: Session, drop: (why: string) => void): void {
    const { systemId, password } = this.settings
    const fields = { system_id: systemId, password, system_type: '', interface_version: 0x34 }
    session.bind_transceiver(fields, ({ command_status }) => {
      if (command_status !== 0) return drop(`bind refused with status ${command_status}`)
      if (this.isClosed || this.session !== session) return
      clearTimeout(this.timer)
      this.failures = 0
      this.isUp = true
      this.watchForSilence(session, drop)
      this.observer.onUp()
    })
  }

  private lose(reason: string): void {
    clearTimeout(this.timer)
    this.session = undefined
    this.isUp = false
    for (const settle of [...this.underWay]) settle(undefined)
    if (this.isClosed) return
    this.observer.onDown(reason)
    const pauseMs = reconnectPause(this.failures, PAUSES)
    this.failures += 1
    this.timer = setTimeout(() => this.open(), pauseMs)
  }

  private watchForSilence(session: Session, drop: (why: string) => void): void {
    const { enquireAfterMs, timeLimitMs } = this.settings
    const leftMs = enquireAfterMs - (performance.now() - this.lastHeardAt)
    if (leftMs <= 0) {
      void this.exchange((answered) => session.enquire_link(answered), timeLimitMs).then((answer) => {
        if (this.session === session && typeof answer !== 'object') drop('enquiry not answered')
      })
    }
    const nextMs = leftMs > 0 ? leftMs : enquireAfterMs
    this.timer = setTimeout(() => this.watchForSilence(session, drop), nextMs)
  }

  /** Sends a request and waits for its answer, the time limit, or the loss of the connection. */
  private exchange(send: (answered: (answer: Pdu) => void) => boolean, timeLimitMs: number): Promise<Submitted> {
    return new Promise((resolve) => {
      const settle = (answer: Submitted) => {
        clearTimeout(timer)
        this.underWay.delete(settle)
        resolve(answer)
      }
      const timer = setTimeout(() => settle(undefined), timeLimitMs)
      this.underWay.add(settle)
      if (!send(settle)) settle('not-sent')
    })
  }
}
