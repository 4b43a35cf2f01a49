import { can, isNewWork } from '../../auth/access'
import { readPublicId } from '../../ids'
import type { ApplicationCaller } from '../../open-service/application'
import { DIGEST_WINDOW_MS } from '../../open-service/open-service'
import {
  type Envelope,
  readEnvelope,
  SOAP_TYPE,
  SoapFault,
  writeEnvelope,
  writeException,
  writeSoapFault,
} from '../../parlayx/envelope'
import { ParlayFault, policyException, serviceException } from '../../parlayx/faults'
import { readParts } from '../../parlayx/read-message'
import { readUsernameToken } from '../../parlayx/username-token'
import { writeMessage } from '../../parlayx/write-message'
import { documents, serviceDocument } from '../../parlayx/wsdl'
import { readXml, XmlError } from '../../parlayx/xml'
import { type Call, LARGEST_BODY } from '../call'
import type { Dialect, Found, Refusal } from '../dialect'
import { ApiError } from '../errors'
import type { HttpGateway } from '../http-gateway'
import { asApiError } from '../rest-dialect'
import type { Reply } from '../route'
import { addressOf, type ParlayRow } from './parlayx-route'

const XML_TYPE = /^text\/xml\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?(?:;\s*action\s*=.*)?$/i
const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i
const NAME = /^[A-Za-z0-9._-]{8,64}$/

/** SOAP 1.1 over HTTP: Web Services Security or a bearer token, and the exceptions of Parlay X. */
export const parlayxDialect: Dialect<ParlayRow> = {
  correlationHeader: 'x-correlation-id',
  acceptsName: (name) => NAME.test(name),

  serve(found) {
    const { row, gateway, call, params } = found
    switch (row.kind) {
      case 'document':
        return Promise.resolve(document(documents.get(params['name'] ?? '')))
      case 'description': {
        if (call.query.toLowerCase() !== 'wsdl') throw new ApiError('not-found')
        const address = new URL(addressOf(row.described), gateway.settings.WEB_URL).href
        return Promise.resolve(document(serviceDocument(row.described, address)))
      }
      case 'service':
        return answer(found, row)
    }
  },

  refuse(error, { correlationId }) {
    if (error instanceof ParlayFault) return refusal(error.messageId, 500, writeException(error))
    if (error instanceof SoapFault) return refusal(error.code, 500, writeSoapFault(error))
    const told = asApiError(error)
    return { ...refusal(told.code, told.status, bodyOf(told, correlationId), told.facts.headers) }
  },
}

function document(text: string | undefined): Reply {
  if (text === undefined) throw new ApiError('not-found')
  return { status: 200, body: text, written: true, headers: { 'content-type': SOAP_TYPE } }
}

function refusal(code: string, status: number, body: string, headers: Readonly<Record<string, string>> = {}): Refusal {
  return { code, answer: { status, headers: { 'content-type': SOAP_TYPE, ...headers }, body } }
}

/** What is wrong with any request, in the words of SOAP; of what is wrong with us only a number to ask about. */
function bodyOf({ code, status }: ApiError, correlationId: string): string {
  if (code === 'internal') return writeException(serviceException('SVC0001', correlationId))
  if (status >= 500 || status === 429) return writeException(serviceException('SVC0001', code))
  if (code === 'unauthenticated') return writeSoapFault(new SoapFault('FailedAuthentication', 'Not authenticated.'))
  return writeSoapFault(new SoapFault('Client', `The request was refused: ${code}.`))
}

async function answer(
  { gateway, call, seen }: Found<ParlayRow>,
  { described, operations }: Extract<ParlayRow, { kind: 'service' }>,
): Promise<Reply> {
  const envelope = readCall(call)
  const caller = await authenticate(gateway, call, envelope)
  seen.merchantId = caller.merchant.id
  seen.callerId = caller.application.id
  const { message } = envelope
  const served = operations.get(message.name)
  if (!served || message.namespace !== described.localNamespace) {
    throw new SoapFault('Client', 'This interface has no such operation.')
  }
  if (!can('application', served.may) || !caller.application.rights.includes(served.right)) {
    throw policyException('POL0001', 'access-denied')
  }
  if (caller.merchant.suspendedAt && isNewWork(served.may)) throw policyException('POL0001', 'shop-suspended')
  const { input, output } = served.operation
  const result = await served.handle({
    ...{ gateway, ...caller },
    input: readParts(message, input, described.localNamespace),
  })
  const written = writeMessage('m', `${message.name}Response`, output, result)
  return {
    status: 200,
    body: writeEnvelope(described.localNamespace, written),
    written: true,
    headers: { 'content-type': SOAP_TYPE },
  }
}

function readCall(call: Call): Envelope {
  if (call.body.length > LARGEST_BODY) throw new ApiError('too-large')
  const encoding = call.header('content-encoding')
  if (!XML_TYPE.test(call.header('content-type') ?? '') || (encoding !== undefined && encoding !== 'identity')) {
    throw new ApiError('wrong-content-type')
  }
  try {
    return readEnvelope(readXml(call.body))
  } catch (error) {
    if (error instanceof XmlError) throw new SoapFault('Client', 'The body is not XML as it is read here.')
    throw error
  }
}

/** By a digest in the envelope or by a bearer token, never by both: which of them counted could not be told. */
async function authenticate({ openService, clock }: HttpGateway, call: Call, { security }: Envelope) {
  const authorization = call.header('authorization')
  if (security && authorization !== undefined) throw failed()
  if (security) {
    const { username, expiresAt, ...shown } = readUsernameToken(security)
    const applicationId = readPublicId('app', username)
    if (!applicationId) throw failed()
    const result = await openService.byDigest(applicationId, shown)
    if (result.kind === 'unknown') throw failed()
    const isOver = expiresAt && expiresAt.getTime() + DIGEST_WINDOW_MS < clock.now().getTime()
    if (result.kind === 'out-of-time' || isOver) throw new SoapFault('MessageExpired', 'The message is too old.')
    return result.caller
  }
  const secret = BEARER.exec(authorization ?? '')?.[1]
  const caller: ApplicationCaller | undefined = secret === undefined ? undefined : await openService.bySecret(secret)
  if (!caller) throw new ApiError('unauthenticated', { headers: { 'www-authenticate': 'Bearer realm="Moa"' } })
  return caller
}

function failed(): SoapFault {
  return new SoapFault('FailedAuthentication', 'The sender could not be authenticated.')
}
