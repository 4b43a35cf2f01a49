/** A customer management system's host: listens for gateways, reads their frames and answers them. */
import net from 'node:net'
import type { Deed } from './deeds'
import { FrameReader, frame, LONGEST_FRAME } from './frames'
import type { Reply, TelcoRequest } from './requests'
import { numberOf, ping, telcoRequest } from './requests'
import type { Telco } from './telco'

export interface TelcoHost {
  readonly port: number
  /** Open connections. */
  links(): number
  /** Cuts every connection; new ones are welcome. */
  disconnect(): void
  /** Drops what was to be answered later. */
  forgetPending(): void
  close(): Promise<void>
}

type Read =
  | { readonly kind: 'request'; readonly request: TelcoRequest }
  | { readonly kind: 'ping'; readonly id: string | undefined }
  /** Without an id it cannot be answered. */
  | { readonly kind: 'fault'; readonly id: string | undefined; readonly fault: string }

/**
 * @param port 0 takes a free one
 * @param delayMs how long every answer waits
 */
export async function startTelcoHost(
  telco: Telco,
  { port, delayMs }: { port: number; delayMs: number },
): Promise<TelcoHost> {
  const connections = new Set<net.Socket>()
  const pending = new Set<NodeJS.Timeout>()

  const write = (socket: net.Socket, bytes: Buffer) => telco.whenRecorded(() => socket.write(bytes))
  const answer = (id: string, reply: Reply | { result: string }) => frame(JSON.stringify({ id, ...reply }))
  const later = (ms: number, deed: () => void) => {
    const timer = setTimeout(() => {
      pending.delete(timer)
      deed()
    }, ms)
    pending.add(timer)
  }

  const send = (socket: net.Socket, id: string, reply: Reply | { result: string }, deed: Deed | undefined) => {
    switch (deed?.kind) {
      case undefined:
      case 'decline':
        return write(socket, answer(id, reply))
      case 'late':
        return later(deed.ms, () => write(socket, answer(id, reply)))
      case 'twice':
        write(socket, answer(id, reply))
        return write(socket, answer(id, reply))
      case 'garbage':
        return write(socket, frame('<html>502</html>'))
      case 'oversize': {
        const header = Buffer.alloc(4)
        header.writeUInt32BE(LONGEST_FRAME + 1)
        return write(socket, header)
      }
      case 'wrong-id':
        return write(socket, answer(`${id.slice(0, 60)}-no`, reply))
      case 'unknown-code':
        return write(socket, answer(id, { result: 'PERHAPS' }))
      case 'drop-after':
        // The answer dies with the connection, the work does not.
        return telco.whenRecorded(() => socket.destroy())
      case 'lose-answer':
      case 'stall':
      case 'drop-before':
        return undefined
    }
  }

  const receive = (socket: net.Socket, text: string) => {
    const read = readRequest(telco, text)
    if (read.kind === 'fault') {
      telco.complain(read.fault)
      if (read.id === undefined) socket.destroy()
      else write(socket, answer(read.id, { result: 'FORMAT' }))
      return
    }
    const isPing = read.kind === 'ping'
    const id = isPing ? read.id : read.request.id
    const deed = telco.switchFor(isPing ? 'ping' : read.request.op, isPing ? undefined : numberOf(read.request))
    if (deed?.kind === 'stall') return
    if (deed?.kind === 'drop-before') return void socket.destroy()
    const forced = deed?.kind === 'decline' ? deed.code : undefined
    const reply = isPing ? { result: forced ?? 'OK' } : telco.handle(read.request, forced)
    const wait = deed === undefined && delayMs > 0 && !isPing ? ({ kind: 'late', ms: delayMs } as const) : deed
    if (id === undefined) return write(socket, frame(JSON.stringify(reply)))
    return send(socket, id, reply, wait)
  }

  const server = net.createServer({ noDelay: true }, (socket) => {
    const frames = new FrameReader()
    connections.add(socket)
    telco.changed()
    socket.on('data', (chunk) => {
      try {
        for (const text of frames.push(chunk)) {
          if (socket.destroyed) return
          receive(socket, text)
        }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        telco.complain(error.message)
        socket.destroy()
      }
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      connections.delete(socket)
      telco.changed()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const disconnect = () => {
    for (const socket of connections) socket.destroy()
  }
  const forgetPending = () => {
    for (const timer of pending) clearTimeout(timer)
    pending.clear()
  }
  return {
    port: (server.address() as net.AddressInfo).port,
    links: () => connections.size,
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

/** A request that keeps the profile, or what it breaks: paths of members, never their content. */
function readRequest({ profile }: Telco, text: string): Read {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'fault', id: undefined, fault: 'not JSON' }
  }
  const asPing = ping.safeParse(json)
  if (asPing.success) return { kind: 'ping', id: asPing.data.id }
  const named = typeof json === 'object' && json !== null && 'id' in json ? json.id : undefined
  const id = typeof named === 'string' && /^[!-~]{1,64}$/.test(named) ? named : undefined
  const read = telcoRequest.safeParse(json)
  if (!read.success) return { kind: 'fault', id, fault: 'not a request of the profile' }
  if (read.data.kind !== profile.kind) return { kind: 'fault', id, fault: `a ${read.data.kind} request` }
  return { kind: 'request', request: read.data }
}
