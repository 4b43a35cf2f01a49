/** An acquirer for tests: speaks to an issuer's host over TCP with messages that are right unless told otherwise. */
import { once } from 'node:events'
import net from 'node:net'
import type { DemoCard } from './demo-cards'
import { demoCard } from './demo-cards'
import { FrameReader, frame } from './framing'
import type { Message } from './iso8583'
import { decode, emptyFields, encode } from './iso8583'

export type Fields = Readonly<Record<number, string | undefined>>

export const ACQUIRER = '41000001'
const TIME = '1121031500'

export function message(mti: string, wanted: Fields): Message {
  const fields = emptyFields()
  for (const [number, value] of Object.entries(wanted)) fields[Number(number)] = value
  return { mti, fields }
}

/** DE90 for an earlier message. */
export function original(mti: string, stan: string, acquirer = ACQUIRER): string {
  return `${mti}${stan}${TIME}${acquirer.padStart(11, '0')}${'0'.repeat(11)}`
}

let lastStan = 0

/** A trace number that no other message of this test file has had. */
export function nextStan(): string {
  return String(++lastStan).padStart(6, '0')
}

const won = (amount: number | bigint): string => String(amount).padStart(12, '0')

interface Presentment {
  readonly card?: DemoCard
  readonly amount?: number | bigint
  readonly stan?: string
  readonly more?: Fields
}

export function presentment({
  card = demoCard('hanbit'),
  amount = 10_000,
  stan = nextStan(),
  more,
}: Presentment): Fields {
  return {
    2: card.number,
    3: '000000',
    4: won(amount),
    7: TIME,
    11: stan,
    12: '121500',
    13: '1121',
    14: card.expiry,
    18: '5942',
    22: '010',
    25: '59',
    32: ACQUIRER,
    37: `RRN${stan}   `,
    41: 'MOA00001',
    42: 'BOOKSHOP-1     ',
    43: 'Hanbyeol Bookshop Daejeon'.padEnd(40),
    49: card.currency === 'KRW' ? '410' : '840',
    ...more,
  }
}

/** The elements of a reversal of an authorization, whole. */
export function reversalOf(authorization: Fields, { stan = nextStan(), reason = '17' } = {}): Fields {
  const { 2: card, 4: amount, 37: rrn, 41: terminal, 42: shop, 49: currency, 11: trace } = authorization
  return {
    ...{ 2: card, 3: '000000', 4: amount, 7: TIME, 11: stan, 32: ACQUIRER, 37: rrn, 39: reason },
    ...{ 41: terminal, 42: shop, 49: currency, 90: original('0100', trace ?? '') },
  }
}

/** The elements of a completion of an authorization. */
export function completionOf(authorization: Fields, authorizationId: string | undefined, amount?: number): Fields {
  const stan = nextStan()
  return {
    ...authorization,
    11: stan,
    48: undefined,
    ...(amount !== undefined && { 4: won(amount) }),
    38: authorizationId,
    90: original('0100', authorization[11] ?? ''),
  }
}

/** The elements of a refund of a completion. */
export function refundOf(completion: Fields, amount: number): Fields {
  const stan = nextStan()
  return {
    ...completion,
    ...{ 3: '200000', 4: won(amount), 11: stan, 37: `RRN${stan}   `, 38: undefined },
    90: original('0220', completion[11] ?? ''),
  }
}

/** A V-Card's leg in DE48. */
export const leg = (vcard: string, number: number, of: number): Fields => ({ 48: `VC=${vcard};LEG=${number}/${of}` })

export const network = (code: '001' | '002' | '301'): Fields => ({ 7: TIME, 11: nextStan(), 70: code })

export interface Acquirer {
  readonly socket: net.Socket
  /** Everything that has come and was not asked for by `ask`, in order. */
  readonly received: Message[]
  send(mti: string, fields: Fields): void
  /** Sends text as one frame, whatever it is. */
  sendText(text: string): void
  /** Sends a message and waits for the answer with its trace number; undefined when the connection closes instead. */
  ask(mti: string, fields: Fields): Promise<Message | undefined>
  /** Waits for the next message that `ask` does not take. */
  next(): Promise<Message | undefined>
  readonly closed: Promise<unknown>
  close(): void
}

export async function connect(port: number, { signOn = true } = {}): Promise<Acquirer> {
  const socket = net.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const frames = new FrameReader()
  const asked = new Map<string, (answer: Message | undefined) => void>()
  const waiting: ((answer: Message | undefined) => void)[] = []
  const received: Message[] = []
  socket.on('data', (chunk) => {
    for (const text of frames.push(chunk)) {
      const decoded = decode(text)
      const answer = 'broken' in decoded ? message('????', {}) : decoded.message
      const stan = answer.fields[11] ?? ''
      const takes = asked.get(stan) ?? waiting.shift()
      asked.delete(stan)
      if (takes) takes(answer)
      else received.push(answer)
    }
  })
  const closed = new Promise((resolve) => socket.once('close', resolve)).then(() => {
    for (const takes of [...asked.values(), ...waiting]) takes(undefined)
  })
  socket.on('error', () => undefined)
  const sendText = (text: string) => void socket.write(frame(text), 'latin1')
  const send = (mti: string, fields: Fields) => sendText(encode(message(mti, fields)))
  const acquirer: Acquirer = {
    socket,
    received,
    send,
    sendText,
    ask: (mti, fields) =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve(undefined)
        asked.set(fields[11] ?? '', resolve)
        send(mti, fields)
      }),
    next: () =>
      new Promise((resolve) => {
        const there = received.shift()
        if (there || socket.destroyed) resolve(there)
        else waiting.push(resolve)
      }),
    closed,
    close: () => socket.destroy(),
  }
  if (signOn) await acquirer.ask('0800', network('001'))
  return acquirer
}
