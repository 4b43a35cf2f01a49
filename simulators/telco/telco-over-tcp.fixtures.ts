/** A gateway's side of the telco link, bare: sends what it is told and reads what comes. */
import { once } from 'node:events'
import net from 'node:net'
import { frame, FrameReader } from './frames'
import { demoLine } from './demo-lines'

export interface Gateway {
  /** Sends a request, or any text, and waits for the next answer; undefined when the connection is closed instead. */
  ask(request: object | string): Promise<Record<string, unknown> | undefined>
  close(): void
}

export async function connect(port: number): Promise<Gateway> {
  const socket = net.connect({ port, host: '127.0.0.1' })
  await once(socket, 'connect')
  const reader = new FrameReader()
  const waiting: ((answer: Record<string, unknown> | undefined) => void)[] = []
  socket.on('data', (chunk) => {
    for (const text of reader.push(chunk)) waiting.shift()?.(JSON.parse(text) as Record<string, unknown>)
  })
  socket.on('error', () => undefined)
  socket.on('close', () => waiting.splice(0).forEach((tell) => tell(undefined)))
  return {
    ask: (request) =>
      new Promise((resolve) => {
        waiting.push(resolve)
        socket.write(frame(typeof request === 'string' ? request : JSON.stringify(request)))
      }),
    close: () => socket.destroy(),
  }
}

let ids = 0

/** A well-formed request about the everyday mobile line; members can be changed or, with undefined, left out. */
export function authenticate(changes: Record<string, unknown> = {}): Record<string, unknown> {
  ids += 1
  return {
    ...{ id: `request-${ids}`, op: 'authenticate', at: new Date().toISOString(), kind: 'PSTN' },
    line: demoLine('mobile').number,
    purchase: {
      ...{ tid: 'pay_1', merchant: '모아서점', description: '책', amount: '22000', currency: 'KRW' },
    },
    ...changes,
  }
}
