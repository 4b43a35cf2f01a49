import { randomInt } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Pdu } from 'smpp'
import { systemClock } from '../../clock'
import type { Clock } from '../../clock'
import { type LinkObserver, maskNumber } from '../link-observer'
import { type BindSettings, LastingBind, type Submitted } from './bind'
import { partsOf, type SmsPart } from './parts'
import { isReceipt, readReceipt } from './receipt'
import type { Sms, SmsCentre, SmsOutcome, SmsReceipt } from './sms'

export interface SmsCentreSettings {
  /** smpp://user:password@host:port; smpps with TLS. */
  readonly url: string
  /** Whom messages come from: +number, short code, or up to eleven letters and digits. */
  readonly from: string
  /** 10 s by default. */
  readonly timeLimitMs?: number
  /** 30 s by default. */
  readonly enquireAfterMs?: number
  /** Submissions that may be unanswered at a time; 20 by default, which any centre bears. */
  readonly window?: number
}

type SmsLinkEvent =
  | { kind: 'connection-up' }
  | { kind: 'connection-down'; reason: string }
  /** Ours could not be made safe; the centre is asked to bring it again. */
  | { kind: 'receipt-not-taken'; error: string }

export interface SmsCentreOptions {
  readonly clock?: Clock
  /** Takes a receipt; resolves when it is safe. May be told the same one again. */
  readonly onReceipt: (receipt: SmsReceipt) => Promise<void>
  readonly onEvent?: (event: SmsLinkEvent) => void
  readonly observe?: LinkObserver | undefined
}

/** Statuses of SMPP 3.4 that ask for patience: the message itself is not to blame. */
const BUSY: ReadonlySet<number> = new Set([
  0x08 /* system error */, 0x14 /* queue full */, 0x58 /* throttled */, 0x64 /* temporary */,
])

/** The link to an SMS centre over SMPP 3.4. Nothing is opened before somebody asks for it. */
export function connectSmsCentre(settings: SmsCentreSettings, options: SmsCentreOptions): SmsCentre {
  const { clock = systemClock, observe, onEvent, onReceipt } = options
  const bindSettings = readSettings(settings)
  const system = `${bindSettings.host}:${bindSettings.port}`
  const room = createWindow(settings.window ?? 20)
  const source = sourceOf(settings.from)
  const sending = new Set<Promise<unknown>>()
  const upWaiters = new Set<() => void>()
  let bind: LastingBind | undefined
  let isClosed = false
  let isTroubled = false
  let unanswered = 0
  let lastAnswerAt: Date | undefined
  let reference = randomInt(256)

  async function onDelivery(pdu: Pdu): Promise<boolean> {
    // Whatever else people send us is taken and left lying: nobody reads it.
    if (!isReceipt(pdu)) return true
    const receipt = readReceipt(pdu)
    if (!receipt) return true
    const { centreId: correlation, state: result } = receipt
    observe?.({ link: 'sms', system, direction: 'in', operation: 'receipt', correlation, result })
    return onReceipt(receipt).then(
      () => true,
      (error: unknown) => {
        onEvent?.({ kind: 'receipt-not-taken', error: error instanceof Error ? error.name : 'unknown' })
        return false
      },
    )
  }

  async function submit(sms: Sms, part: SmsPart): Promise<Submitted> {
    await room.enter()
    try {
      const answer = await bind!.submit({
        ...source,
        service_type: sms.spoken ? 'VOICE' : '',
        dest_addr_ton: 1,
        dest_addr_npi: 1,
        destination_addr: sms.to.slice(1),
        esm_class: part.esmClass,
        registered_delivery: 1,
        data_coding: part.dataCoding,
        short_message: part.bytes,
        ...(sms.validUntil && { validity_period: sms.validUntil }),
      })
      if (typeof answer === 'object') lastAnswerAt = clock.now()
      isTroubled = answer === undefined
      if (answer === undefined) unanswered += 1
      return answer
    } finally {
      room.leave()
    }
  }

  async function handOver(sms: Sms): Promise<SmsOutcome> {
    reference = (reference + 1) % 256
    const centreIds: string[] = []
    for (const [at, part] of partsOf(sms.text, reference).entries()) {
      const answer = await submit(sms, part)
      if (typeof answer === 'object' && answer.command_status === 0) {
        if (answer.message_id) centreIds.push(answer.message_id)
        continue
      }
      // The holder has a part of it already, or may have.
      if (answer === undefined || at > 0) return { kind: 'no-answer', centreIds }
      if (answer === 'not-sent') return { kind: 'not-taken' }
      const status = answer.command_status
      return BUSY.has(status) ? { kind: 'not-taken', status } : { kind: 'refused', status }
    }
    return { kind: 'taken', centreIds }
  }

  async function send(sms: Sms): Promise<SmsOutcome> {
    if (isClosed || !bind?.isUp) return { kind: 'not-taken' }
    const operation = sms.spoken ? 'call' : 'submit'
    const told = { link: 'sms', system, operation, correlation: sms.id, paymentId: sms.paymentId } as const
    const sentAt = performance.now()
    // The text may hold a code.
    observe?.({
      ...told,
      direction: 'out',
      body: () => JSON.stringify({ to: maskNumber(sms.to), length: sms.text.length }),
    })
    const outcome = await handOver(sms)
    observe?.({
      ...told,
      direction: 'in',
      result: resultOf(outcome),
      durationMs: performance.now() - sentAt,
      body: () => JSON.stringify(outcome),
    })
    return outcome
  }

  function open(): void {
    if (isClosed) return
    bind ??= new LastingBind(bindSettings, {
      onUp: () => {
        onEvent?.({ kind: 'connection-up' })
        for (const tell of upWaiters) tell()
      },
      onDown: (reason) => onEvent?.({ kind: 'connection-down', reason }),
      onDelivery,
    })
  }

  return {
    open,
    isUp: () => bind?.isUp ?? false,
    hasRoom: () => bind?.isUp === true && room.isFree(),
    async whenUp(timeLimitMs) {
      open()
      if (bind?.isUp) return true
      const patience = new AbortController()
      let tell = () => {}
      const up = new Promise<boolean>((resolve) => (tell = () => resolve(true)))
      upWaiters.add(tell)
      const over = setTimeout(timeLimitMs, false, { signal: patience.signal }).catch(() => false)
      const isUp = await Promise.race([up, over])
      upWaiters.delete(tell)
      patience.abort()
      return isUp
    },
    send(sms) {
      const sent = send(sms).finally(() => sending.delete(sent))
      sending.add(sent)
      return sent
    },
    state: () => ({
      system,
      state: bind === undefined ? 'idle' : !bind.isUp ? 'down' : isTroubled ? 'degraded' : 'up',
      inFlight: bind?.inFlight ?? 0,
      lastAnswerAt,
      unanswered,
    }),
    async close() {
      isClosed = true
      await Promise.all(sending)
      await bind?.close()
    },
  }
}

function resultOf(outcome: SmsOutcome): string {
  if (outcome.kind === 'taken') return 'approved'
  return outcome.kind === 'refused' ? `refused:${outcome.status}` : outcome.kind
}

function readSettings({ url, timeLimitMs = 10_000, enquireAfterMs = 30_000 }: SmsCentreSettings): BindSettings {
  const { protocol, hostname, port, username, password } = new URL(url)
  const tls = protocol === 'smpps:'
  return {
    host: hostname,
    port: port === '' ? (tls ? 3550 : 2775) : Number(port),
    tls,
    systemId: decodeURIComponent(username),
    password: decodeURIComponent(password),
    timeLimitMs,
    enquireAfterMs,
  }
}

/** Type of number and numbering plan: international, national short code, or a name. */
function sourceOf(from: string) {
  if (from.startsWith('+')) return { source_addr_ton: 1, source_addr_npi: 1, source_addr: from.slice(1) }
  if (/^[0-9]+$/.test(from)) return { source_addr_ton: 3, source_addr_npi: 1, source_addr: from }
  return { source_addr_ton: 5, source_addr_npi: 0, source_addr: from }
}

/** So many at a time; the others wait in the order they came. */
function createWindow(size: number) {
  const waiting: (() => void)[] = []
  let inside = 0
  return {
    async enter(): Promise<void> {
      if (inside < size) {
        inside += 1
        return
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    },
    isFree: () => inside < size,
    leave(): void {
      const next = waiting.shift()
      if (next) next()
      else inside -= 1
    },
  }
}
