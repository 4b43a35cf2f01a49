/**
 * The web server of the outside world: page, control API and terms feeds. It listens on this machine only, and since any
 * web page in a browser on this machine could reach it too, it answers only requests that name it by a loopback name
 * (against DNS rebinding), and changes something only on JSON that its own page or a program has sent (against forgery).
 */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { ControlAnswer, Routes } from './router'
import { Refusal, matcher } from './router'

export interface ControlServer {
  readonly port: number
  close(): Promise<void>
}

const BODY_LIMIT = 65_536
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?$/

/** Pages load nothing from elsewhere and run no script but their own file. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

function guard(request: http.IncomingMessage): void {
  const host = request.headers.host ?? ''
  if (!LOOPBACK.test(host)) throw new Refusal(421, 'only loopback host names are served')
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${host}`) throw new Refusal(403, 'not from another origin')
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new Refusal(415, 'the content type has to be application/json')
}

async function readBody(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) throw new Refusal(413, 'too long')
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'not JSON')
  }
}

function write(response: http.ServerResponse, answer: ControlAnswer): void {
  if ('raw' in answer) return answer.raw(response)
  const body = 'json' in answer ? JSON.stringify(answer.json) : answer.text
  const type = 'json' in answer ? 'application/json' : answer.type
  response.writeHead(answer.status ?? 200, { ...SECURITY_HEADERS, 'content-type': type, ...answer.headers })
  response.end(body)
}

function refusalOf(error: unknown): ControlAnswer {
  if (error instanceof Refusal) return { status: error.status, json: { error: error.message } }
  if (error instanceof z.ZodError) return { status: 422, json: { error: z.prettifyError(error) } }
  console.error(error)
  return { status: 500, json: { error: 'a mistake of the outside world itself' } }
}

export async function startControlServer(routes: Routes, port: number): Promise<ControlServer> {
  const match = matcher(routes)
  const answer = async (request: http.IncomingMessage, signal: AbortSignal): Promise<ControlAnswer> => {
    guard(request)
    const url = new URL(request.url ?? '/', 'http://localhost')
    const found = match(request.method === 'HEAD' ? 'GET' : (request.method ?? ''), url.pathname)
    if (found === 404) throw new Refusal(404, 'nothing here')
    if (found === 405) throw new Refusal(405, 'not with this method')
    const header = (name: string) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    }
    const body = request.method === 'GET' ? undefined : await readBody(request)
    return found.handler({ params: found.params, query: url.searchParams, body, header, signal })
  }
  const server = http.createServer((request, response) => {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    answer(request, gone.signal)
      .catch(refusalOf)
      .then((made) => write(response, made))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
