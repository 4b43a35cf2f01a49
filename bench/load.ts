import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

/** One HTTP request, written out whole: building it costs nothing while the clock runs. */
export interface WrittenRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answer {
  readonly status: number
  readonly body: string
}

export interface LoadResult {
  readonly done: number
  readonly seconds: number
  /** Milliseconds of each request, sorted. */
  readonly latencies: readonly number[]
}

/**
 * Keeps a number of clients asking, each on its own kept-alive connection and one request at a time, until the time is
 * over. A bare socket costs a fraction of an HTTP client library, so that the client is not what is measured.
 */
export async function load(
  url: string,
  {
    clients,
    milliseconds,
    next,
    check,
  }: {
    clients: number
    milliseconds: number
    next: () => WrittenRequest | undefined
    check: (answer: Answer) => void
  },
): Promise<LoadResult> {
  const { hostname, port } = new URL(url)
  const latencies: number[] = []
  const started = performance.now()
  const end = started + milliseconds
  async function client(): Promise<void> {
    const connection = await open(hostname, Number(port))
    try {
      while (performance.now() < end) {
        const request = next()
        if (!request) break
        const asked = performance.now()
        check(await connection.ask(request))
        latencies.push(performance.now() - asked)
      }
    } finally {
      connection.close()
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const seconds = (performance.now() - started) / 1000
  latencies.sort((a, b) => a - b)
  return { done: latencies.length, seconds, latencies }
}

interface Connection {
  ask(request: WrittenRequest): Promise<Answer>
  close(): void
}

async function open(host: string, port: number): Promise<Connection> {
  const socket = await connected(host, port)
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined
  let received = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    received += chunk
    const answer = readAnswer(received)
    if (!answer || !waiting) return
    received = ''
    const { resolve } = waiting
    waiting = undefined
    resolve(answer)
  })
  const fail = () => waiting?.reject(new Error('the server closed the connection'))
  socket.on('error', fail)
  socket.on('close', fail)
  return {
    ask: ({ method, path, headers, body = '' }) =>
      new Promise<Answer>((resolve, reject) => {
        waiting = { resolve, reject }
        const lines = Object.entries({
          host: `${host}:${port}`,
          ...headers,
          'content-length': String(Buffer.byteLength(body)),
        })
        socket.write(
          `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
        )
      }),
    close: () => socket.destroy(),
  }
}

function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => resolve(socket))
    socket.setNoDelay(true)
    socket.once('error', reject)
  })
}

/** A whole answer, or undefined while more of it is to come; with a length or in chunks, as Fastify and Next send them. */
function readAnswer(received: string): Answer | undefined {
  const split = received.indexOf('\r\n\r\n')
  if (split < 0) return undefined
  const head = received.slice(0, split).toLowerCase()
  const body = received.slice(split + 4)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
  if (length !== undefined) return body.length >= Number(length) ? { status, body } : undefined
  return body.endsWith('0\r\n\r\n') ? { status, body } : undefined
}

/** The value below which a share of sorted values lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
