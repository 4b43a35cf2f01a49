import { systemClock } from '../../clock'
import type { Clock } from '../../clock'
import { LastingLink, type LinkEvent } from '../tcp/link'
import { routeByBin } from './bin-routes'
import type { Message } from './iso8583'
import type { IssuerAnswer, Issuers } from './issuer'
import { checkSettings } from './issuer-settings'
import type { IssuerSettings } from './issuer-settings'
import { authorizationRequest, captureRequest, inquiryRequest, refundRequest, reversalRequest } from './messages'
import type { Acquirer } from './messages'
import { issuerProtocol, outgoing } from './protocol'
import { authorizationAnswer, inquiryAnswer, plainAnswer, reversalAnswer } from './translate'

export interface IssuersOptions {
  readonly clock?: Clock
  /** Told when connections come and go and of answers nobody waited for. Must not throw. */
  readonly onEvent?: (event: LinkEvent & { readonly issuer: string }) => void
}

interface Issuer extends Acquirer {
  readonly code: string
  readonly link: LastingLink<Message>
}

const NO_ANSWER = { kind: 'no-answer' } as const

/**
 * Opens the connections to every issuer, in the background: requests made before one is up wait for it within their
 * time limit. Each issuer has connections of its own, so one that is down or slow costs only its own cards (P3.5).
 *
 * @throws RangeError if the settings contradict themselves
 */
export function connectIssuers(settings: readonly IssuerSettings[], options: IssuersOptions = {}): Issuers {
  settings.forEach(checkSettings)
  const issuerOf = routeByBin(settings)
  const issuers = new Map(settings.map((each) => [each.code, connectIssuer(each, options)]))

  /** Asks the issuer of a card; a card of no issuer of ours has nobody to answer. */
  async function ask<Yes>(
    cardNumber: string,
    write: (issuer: Issuer) => Message,
    read: (request: Message, answer: Message | undefined) => IssuerAnswer<Yes>,
  ): Promise<IssuerAnswer<Yes>> {
    const issuer = issuers.get(issuerOf(cardNumber) ?? '')
    if (!issuer) return NO_ANSWER
    const request = write(issuer)
    return read(request, await issuer.link.request(outgoing(request), { beginsSomething: beginsSomething(request) }))
  }

  return {
    issuerOf,
    authorize: (request) =>
      ask(request.card.number, (issuer) => authorizationRequest(issuer, request), authorizationAnswer),
    capture: (request) => ask(request.card.number, (issuer) => captureRequest(issuer, request), plainAnswer),
    reverse: (request) => ask(request.card.number, (issuer) => reversalRequest(issuer, request), reversalAnswer),
    refund: (request) => ask(request.card.number, (issuer) => refundRequest(issuer, request), plainAnswer),
    inquire: (request) => ask(request.card.number, (issuer) => inquiryRequest(issuer, request), inquiryAnswer),
    states: () => [...issuers.values()].map(({ code, link }) => ({ code, ...link.state() })),
    close: async () => {
      await Promise.all([...issuers.values()].map(({ link }) => link.close()))
    },
  }
}

function connectIssuer(settings: IssuerSettings, { clock = systemClock, onEvent }: IssuersOptions): Issuer {
  const { code, host, port, acquirerId, terminalId, timeZone = 'Asia/Seoul' } = settings
  const { connections = 2, inFlightPerConnection = 1_000, timeLimitMs = 5_000, echoAfterMs = 60_000 } = settings
  const link = new LastingLink(
    issuerProtocol,
    { host, port, connections, inFlightPerConnection, timeLimitMs, echoAfterMs },
    (event) => onEvent?.({ ...event, issuer: code }),
    clock,
  )
  return { code, link, acquirerId, terminalId, timeZone }
}

/** Authorizations and inquiries; everything else finishes what one of them began. */
function beginsSomething({ mti }: Message): boolean {
  return mti.startsWith('01')
}
