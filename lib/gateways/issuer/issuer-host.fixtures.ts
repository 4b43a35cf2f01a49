import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { Frames, putInFrame } from '../tcp/framing'
import { decode, encode } from './iso8583'
import type { Message } from './iso8583'
import type { Fields } from './fields'
import { ISSUER_FRAMES } from './protocol'

/** A request as it reached the issuer, and the connection it came over. */
export interface Received extends Message {
  readonly connection: Socket
}

/** An issuer's answer that fits a request: all of it, with a response code. */
export function answerTo({ mti, fields }: Message, code = '00', more: Fields = {}): Message {
  return { mti: `${mti.slice(0, 2)}${Number(mti[2]) + 1}0`, fields: { ...fields, 39: code, ...more } }
}

export function write(connection: Socket, ...messages: Message[]): void {
  connection.write(Buffer.concat(messages.map((message) => putInFrame(ISSUER_FRAMES, encode(message)))))
}

/**
 * A bare issuer for tests of the connection: answers network messages (unless told otherwise) and hands everything else
 * to the test, which answers what and when it likes.
 */
export async function startIssuerHost({ port = 0, network = (): string | undefined => '00' } = {}) {
  const received: Received[] = []
  const connections = new Set<Socket>()
  const watchers = new Set<() => void>()
  const server = createServer((connection) => {
    connections.add(connection)
    connection.on('error', () => undefined)
    connection.on('close', () => connections.delete(connection))
    const reader = new Frames(ISSUER_FRAMES)
    connection.on('data', (chunk) => {
      for (const payload of reader.push(chunk)) {
        const message = { ...decode(payload), connection }
        received.push(message)
        const code = message.mti === '0800' ? network() : undefined
        if (code !== undefined) write(connection, answerTo(message, code))
      }
      for (const watcher of [...watchers]) watcher()
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    received,
    /** The requests of a kind once there are that many. */
    arrived(isMeant: (message: Message) => boolean, count = 1): Promise<Received[]> {
      return new Promise((resolve) => {
        const look = () => {
          const found = received.filter(isMeant)
          if (found.length < count) return
          watchers.delete(look)
          resolve(found)
        }
        watchers.add(look)
        look()
      })
    },
    async close(): Promise<void> {
      for (const connection of connections) connection.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export type IssuerHost = Awaited<ReturnType<typeof startIssuerHost>>
