/** An issuer's host: listens for acquirers, reads their frames and answers them. */
import net from 'node:net'
import { answerTo, formatError, spoil } from './answers'
import type { Deed } from './deeds'
import { FrameReader, frame } from './framing'
import type { Issuer } from './issuer'
import type { Message } from './iso8583'
import { decode, encode } from './iso8583'
import type { RequestKind } from './requests'
import { checkRequest } from './requests'

export interface IssuerHost {
  readonly port: number
  /** Open connections, and how many of them have signed on. */
  links(): { open: number; signedOn: number }
  /** Cuts every connection; new ones are welcome. */
  disconnect(): void
  /** Drops what was to be worked on or answered later. */
  forgetPending(): void
  close(): Promise<void>
}

/** How long an answer is kept back when no other answer comes that it could follow. */
const KEPT_BACK_MS = 1000

interface Connection {
  readonly socket: net.Socket
  signedOn: boolean
  /** Frames to be sent once the journal has what they report. */
  out: string
  keptBack: string[]
}

/**
 * @param port 0 takes a free one
 * @param delayMs how long every answer to a financial message waits
 */
export async function startHost(
  issuer: Issuer,
  { port, delayMs }: { port: number; delayMs: number },
): Promise<IssuerHost> {
  const connections = new Set<Connection>()
  const pending = new Set<NodeJS.Timeout>()

  const flush = (connection: Connection) => {
    const { out } = connection
    if (out === '') return
    connection.out = ''
    issuer.whenRecorded(() => connection.socket.write(out, 'latin1'))
  }
  const queue = (connection: Connection, text: string) => {
    connection.out += frame(text)
    for (const kept of connection.keptBack.splice(0)) connection.out += frame(kept)
  }
  // A request that came in is worked on even if its connection is gone by then; the answer then goes nowhere.
  const later = (connection: Connection, ms: number, deed: () => void) => {
    const timer = setTimeout(() => {
      pending.delete(timer)
      deed()
      flush(connection)
    }, ms)
    pending.add(timer)
  }

  const send = (connection: Connection, answer: Message, deed: Deed | undefined) => {
    switch (deed?.kind) {
      case undefined:
      case 'delay':
      case 'decline':
        return queue(connection, encode(answer))
      case 'late':
        return later(connection, deed.ms, () => queue(connection, encode(answer)))
      case 'twice':
        queue(connection, encode(answer))
        return queue(connection, encode(answer))
      case 'out-of-order': {
        const text = encode(answer)
        connection.keptBack.push(text)
        return later(connection, KEPT_BACK_MS, () => {
          const at = connection.keptBack.indexOf(text)
          if (at >= 0) connection.keptBack.splice(at, 1)
          if (at >= 0) queue(connection, text)
        })
      }
      case 'garbage':
        return queue(connection, '<html>\u0000\u00ff 502 </html>')
      case 'wrong-amount':
      case 'wrong-stan':
      case 'unknown-code':
      case 'alter':
        return queue(connection, encode(spoil(answer, deed)))
      case 'drop-after':
        // The answer dies with the connection, the work does not.
        return issuer.whenRecorded(() => connection.socket.destroy())
      case 'lose-answer':
      case 'stall':
      case 'drop-before':
        return undefined
    }
  }

  const network = (connection: Connection, request: Message, deed: Deed | undefined) => {
    const code = deed?.kind === 'decline' ? deed.code : '00'
    if (code === '00' && request.fields[70] === '001') connection.signedOn = true
    if (code === '00' && request.fields[70] === '002') connection.signedOn = false
    send(connection, answerTo(request, { code }), deed)
    issuer.changed()
  }

  const work = (connection: Connection, text: string, request: Request, deed: Deed | undefined) => {
    const { message, kind, repeat } = request
    if (kind === 'network') return network(connection, message, deed)
    const forced = deed?.kind === 'decline' ? deed.code : undefined
    const { reply } = issuer.handle(message, kind, { repeat, text, forced })
    const wait = deed === undefined && delayMs > 0 ? ({ kind: 'late', ms: delayMs } as const) : deed
    return send(connection, answerTo(message, reply), wait)
  }

  const receive = (connection: Connection, text: string) => {
    const request = readRequest(text)
    if ('fault' in request) {
      issuer.complain(text.slice(0, 4).replace(/[^0-9]/g, '?'), request.fault)
      const answer = request.message && formatError(request.message)
      if (answer) queue(connection, encode(answer))
      else connection.socket.destroy()
      return
    }
    const { kind, message } = request
    if (kind !== 'network' && !connection.signedOn) {
      issuer.complain(message.mti, 'before sign-on')
      return queue(connection, encode(answerTo(message, { code: '91' })))
    }
    const deed = issuer.switchFor(kind, message.fields[2])
    if (deed?.kind === 'stall') return
    if (deed?.kind === 'drop-before') return void connection.socket.destroy()
    if (deed?.kind === 'delay') return later(connection, deed.ms, () => work(connection, text, request, deed))
    return work(connection, text, request, deed)
  }

  const server = net.createServer({ noDelay: true }, (socket) => {
    const connection: Connection = { socket, signedOn: false, out: '', keptBack: [] }
    const frames = new FrameReader()
    connections.add(connection)
    issuer.changed()
    socket.on('data', (chunk) => {
      try {
        for (const text of frames.push(chunk)) {
          if (socket.destroyed) return
          receive(connection, text)
        }
        flush(connection)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        issuer.complain('????', error.message)
        socket.destroy()
      }
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      connections.delete(connection)
      issuer.changed()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const disconnect = () => {
    for (const { socket } of connections) socket.destroy()
  }
  const forgetPending = () => {
    for (const timer of pending) clearTimeout(timer)
    pending.clear()
  }
  return {
    port: (server.address() as net.AddressInfo).port,
    links: () => ({
      open: connections.size,
      signedOn: [...connections].filter((connection) => connection.signedOn).length,
    }),
    disconnect,
    forgetPending,
    close: async () => {
      forgetPending()
      const closed = new Promise((resolve) => server.close(resolve))
      disconnect()
      await closed
    },
  }
}

interface Request {
  readonly message: Message
  readonly kind: RequestKind
  readonly repeat: boolean
}

/** A request that keeps the profile, or what it breaks; without a message it cannot be answered at all. */
function readRequest(text: string): Request | { readonly fault: string; readonly message?: Message } {
  const decoded = decode(text)
  if ('broken' in decoded) return { fault: decoded.broken }
  const { message, fault } = decoded
  if (fault !== undefined) return { fault, message }
  const checked = checkRequest(message)
  return 'fault' in checked ? { fault: checked.fault, message } : { ...checked, message }
}
