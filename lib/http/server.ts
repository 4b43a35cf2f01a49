import type { Socket } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type ClientAddress, createClientAddress } from '../client-address'
import { type Answer, type Call, LARGEST_BODY } from './call'
import { ApiError, type ErrorCode } from './errors'
import type { HttpGateway } from './http-gateway'
import { createBoundedDispatch, MOST_IN_FLIGHT } from './in-flight'
import { refuse } from './interfaces'
import { WAITING } from './waiting.mjs'

/** Times, sizes and numbers that bound what clients can ask of the process (PROMISES 9.2, 10.1). */
const LIMITS = {
  ...WAITING,
  headerBytes: 16 * 1024,
  inFlight: MOST_IN_FLIGHT,
}

export interface ServerOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Other limits than the usual ones, for a process that shall take less. */
  readonly limits?: Partial<typeof LIMITS>
}

export interface ApiServer {
  readonly port: number
  /** Takes no more connections, finishes what was accepted, then resolves. */
  close(): Promise<void>
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Serves the route table on a fast HTTP server: the api process. */
export async function serve(gateway: HttpGateway, { host, port, limits: wanted }: ServerOptions): Promise<ApiServer> {
  const limits = { ...LIMITS, ...wanted }
  const callOf = createCallOf(createClientAddress(gateway.settings.TRUSTED_PROXIES))
  const bounded = createBoundedDispatch(limits.inFlight)
  const answerBounded = (call: Call) => bounded(gateway, call)
  let closing = false

  const send = ({ status, headers, body }: Answer, reply: FastifyReply) => {
    if (closing) void reply.header('connection', 'close')
    // As bytes, because the server would add a charset to the media type of text.
    return reply.code(status).headers(headers).send(Buffer.from(body))
  }

  const app = Fastify({
    logger: false,
    bodyLimit: LARGEST_BODY,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    http: {
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: limits.checkMs,
      maxHeaderSize: limits.headerBytes,
      // Checked below, so that this refusal looks like all others.
      requireHostHeader: false,
    },
    clientErrorHandler: (error, socket) => answerUnreadable(gateway, error, socket),
    frameworkErrors: (_error, request, reply) =>
      void answerBounded(callOf(request)).then((answer) => send(answer, reply)),
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler<{ statusCode?: number }>((error, request, reply) =>
    send(refuse(gateway, new ApiError(unreadCode(error.statusCode)), callOf(request)), reply),
  )
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const call = callOf(request)
    const hostless = request.raw.httpVersion === '1.1' && call.header('host') === undefined
    return send(hostless ? refuse(gateway, new ApiError('malformed-request'), call) : await answerBounded(call), reply)
  }
  app.setNotFoundHandler(answer)
  app.route({ method: METHODS, url: '*', handler: answer })

  // An expectation that we do not know is not ours to meet; the request is answered like any other.
  app.server.on('checkExpectation', (request, response) => app.routing(request, response))

  await app.listen({ host, port })
  return {
    port: boundPort(app),
    async close() {
      closing = true
      await app.close()
    },
  }
}

function boundPort(app: FastifyInstance): number {
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function createCallOf(addressOf: ClientAddress): (request: FastifyRequest) => Call {
  return ({ raw, body }) => {
    const url = raw.url ?? '/'
    const question = url.indexOf('?')
    const header = (name: string) => {
      const value = raw.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    }
    return {
      method: raw.method ?? '',
      path: question < 0 ? url : url.slice(0, question),
      query: question < 0 ? '' : url.slice(question + 1),
      header,
      body: body instanceof Uint8Array ? body : new Uint8Array(),
      remoteAddress: addressOf(raw.socket.remoteAddress, header('x-forwarded-for')),
    }
  }
}

/** Why a body could not be read, by the status that the server gives it. */
function unreadCode(status: number | undefined): ErrorCode {
  if (status === 413) return 'too-large'
  if (status === 415) return 'wrong-content-type'
  return status !== undefined && status < 500 ? 'malformed-request' : 'internal'
}

const CONNECTION_ERRORS: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
}

/** Answers what is not HTTP, or never came to its end, and closes. */
function answerUnreadable(gateway: HttpGateway, error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const { status, headers, body } = refuse(
    gateway,
    new ApiError(CONNECTION_ERRORS[error.code ?? ''] ?? 'malformed-request'),
  )
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' })
  socket.end(
    `HTTP/1.1 ${status} Refused\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  )
}
