import { systemClock } from '../../clock'
import type { Clock } from '../../clock'
import type { LinkObserver } from '../link-observer'
import { LastingLink, type LinkEvent } from '../tcp/link'
import { routeByBin } from './bin-routes'
import type { Message } from './iso8583'
import type { IssuerAnswer, IssuerRequest, Issuers } from './issuer'
import { cutOverAnswer, cutOverRequest } from './cut-over'
import { checkSettings } from './issuer-settings'
import type { IssuerSettings } from './issuer-settings'
import { authorizationRequest, captureRequest, inquiryRequest, refundRequest, reversalRequest } from './messages'
import type { Acquirer } from './messages'
import { issuerProtocol, outgoing } from './protocol'
import { authorizationAnswer, inquiryAnswer, plainAnswer, reversalAnswer } from './translate'
import { writtenOut } from './written-out'

export interface IssuersOptions {
  readonly clock?: Clock
  /** Told when connections come and go and of answers nobody waited for. Must not throw. */
  readonly onEvent?: (event: LinkEvent & { readonly issuer: string }) => void
  readonly observe?: LinkObserver | undefined
}

interface Issuer extends Acquirer {
  readonly code: string
  readonly link: LastingLink<Message>
}

type Asked = Pick<IssuerRequest, 'card' | 'reference'>

const NO_ANSWER = { kind: 'no-answer' } as const

/**
 * Opens the connections to every issuer, in the background: requests made before one is up wait for it within their
 * time limit. Each issuer has connections of its own, so one that is down or slow costs only its own cards (P3.5).
 *
 * @throws RangeError if the settings contradict themselves
 */
export function connectIssuers(settings: readonly IssuerSettings[], options: IssuersOptions = {}): Issuers {
  settings.forEach(checkSettings)
  const { observe } = options
  const issuerOf = routeByBin(settings)
  const issuers = new Map(settings.map((each) => [each.code, connectIssuer(each, options)]))

  /** Asks the issuer of a card; a card of no issuer of ours has nobody to answer. */
  async function ask<Request extends Asked, Yes>(
    operation: string,
    request: Request,
    write: (issuer: Issuer, request: Request) => Message,
    read: (request: Message, answer: Message | undefined) => IssuerAnswer<Yes>,
  ): Promise<IssuerAnswer<Yes>> {
    const issuer = issuers.get(issuerOf(request.card.number) ?? '')
    if (!issuer) return NO_ANSWER
    const message = write(issuer, request)
    const sending = outgoing(message)
    const observed = { link: 'issuer', system: issuer.code, operation, correlation: request.reference } as const
    const sentAt = observe ? performance.now() : 0
    observe?.({ ...observed, direction: 'out', body: () => writtenOut(message) })
    const answer = await issuer.link.request(sending, { beginsSomething: beginsSomething(message) })
    const said = read(message, answer)
    observe?.({
      ...observed,
      direction: 'in',
      result: said.kind === 'refused' ? `refused:${said.reason}` : said.kind,
      durationMs: performance.now() - sentAt,
      body: answer && (() => writtenOut(answer)),
    })
    return said
  }

  return {
    issuerOf,
    authorize: (request) => ask('authorize', request, authorizationRequest, authorizationAnswer),
    capture: (request) => ask('capture', request, captureRequest, plainAnswer),
    reverse: (request) => ask('reverse', request, reversalRequest, reversalAnswer),
    refund: (request) => ask('refund', request, refundRequest, plainAnswer),
    inquire: (request) => ask('inquire', request, inquiryRequest, inquiryAnswer),
    async cutOver(request) {
      const issuer = issuers.get(request.issuer)
      if (!issuer) return NO_ANSWER
      const message = cutOverRequest(issuer, request)
      const sentAt = observe ? performance.now() : 0
      const observed = { link: 'issuer', system: issuer.code, operation: 'cut-over' } as const
      observe?.({ ...observed, correlation: request.reference, direction: 'out', body: () => writtenOut(message) })
      const answer = await issuer.link.request(outgoing(message), { beginsSomething: false })
      const said = cutOverAnswer(request.currency, answer)
      observe?.({
        ...{ ...observed, correlation: request.reference, direction: 'in', durationMs: performance.now() - sentAt },
        result: said.kind === 'no-answer' ? 'no-answer' : said.inBalance ? 'in-balance' : 'out-of-balance',
        body: answer && (() => writtenOut(answer)),
      })
      return said
    },
    states: () => [...issuers.values()].map(({ code, link }) => ({ code, ...link.state() })),
    close: async () => {
      await Promise.all([...issuers.values()].map(({ link }) => link.close()))
    },
  }
}

function connectIssuer(settings: IssuerSettings, { clock = systemClock, onEvent, observe }: IssuersOptions): Issuer {
  const { code, host, port, acquirerId, terminalId, timeZone = 'Asia/Seoul' } = settings
  const { connections = 2, inFlightPerConnection = 1_000, timeLimitMs = 5_000, echoAfterMs = 60_000 } = settings
  const link = new LastingLink(
    issuerProtocol,
    { host, port, connections, inFlightPerConnection, timeLimitMs, echoAfterMs },
    (event) => {
      onEvent?.({ ...event, issuer: code })
      if (event.kind !== 'unmatched-answer') return
      observe?.({ link: 'issuer', system: code, direction: 'in', operation: 'unmatched', result: 'unmatched' })
    },
    clock,
  )
  return { code, link, acquirerId, terminalId, timeZone }
}

/** Authorizations and inquiries; everything else finishes what one of them began. */
function beginsSomething({ mti }: Message): boolean {
  return mti.startsWith('01')
}
