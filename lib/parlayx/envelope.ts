import { exceptions } from './interfaces/common-types'
import type { ParlayFault } from './faults'
import { writeParts } from './write-message'
import { escapeXml, type XmlElement } from './xml'

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/'
export const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
export const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
const COMMON = exceptions.ServiceException.namespace

/** Fault codes of SOAP 1.1 itself, and of Web Services Security. */
export type SoapFaultCode =
  'VersionMismatch' | 'MustUnderstand' | 'Client' | 'Server' | 'FailedAuthentication' | 'MessageExpired'

/** The request failed before any operation was asked. */
export class SoapFault extends Error {
  override name = 'SoapFault'

  constructor(
    readonly code: SoapFaultCode,
    message: string,
  ) {
    super(message)
  }
}

export interface Envelope {
  /** The Web Services Security header, where there is one. */
  readonly security?: XmlElement
  /** The one element of the body. */
  readonly message: XmlElement
}

/**
 * Takes a SOAP 1.1 envelope apart.
 * @throws SoapFault
 */
export function readEnvelope(root: XmlElement): Envelope {
  if (root.name !== 'Envelope') throw new SoapFault('Client', 'This is not a SOAP envelope.')
  if (root.namespace !== SOAP) throw new SoapFault('VersionMismatch', 'Only SOAP 1.1 is spoken here.')
  const [first, ...rest] = root.children
  const header = is(first, 'Header') ? first : undefined
  const [body, ...others] = header ? rest : root.children
  const isWhole = is(body, 'Body') && others.length === 0 && isEmptyText(root)
  if (!isWhole) throw new SoapFault('Client', 'An envelope has at most one header and exactly one body.')
  const security = header && readHeader(header)
  const [message, ...more] = body.children
  if (!message || more.length > 0 || !isEmptyText(body)) {
    throw new SoapFault('Client', 'The body has exactly one element.')
  }
  return { message, ...(security && { security }) }
}

function readHeader(header: XmlElement): XmlElement | undefined {
  const isSecurity = ({ namespace, name }: XmlElement) => namespace === WSSE && name === 'Security'
  const [security, another] = header.children.filter(isSecurity)
  if (another) throw new SoapFault('Client', 'There is more than one Security header.')
  const isUnknown = header.children.some((block) => !isSecurity(block) && mustBeUnderstood(block))
  if (isUnknown) throw new SoapFault('MustUnderstand', 'A header that must be understood is not known here.')
  return security
}

function mustBeUnderstood({ attributes }: XmlElement): boolean {
  return attributes.some(
    ({ namespace, name, value }) => namespace === SOAP && name === 'mustUnderstand' && value.trim() !== '0',
  )
}

function is(element: XmlElement | undefined, name: string): element is XmlElement {
  return element?.namespace === SOAP && element.name === name
}

function isEmptyText({ text }: XmlElement): boolean {
  return text.trim() === ''
}

/** An envelope around a message that is written already; `m` stands for the message's namespace. */
export function writeEnvelope(namespace: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${SOAP}" xmlns:m="${namespace}"><soapenv:Body>${message}</soapenv:Body></soapenv:Envelope>`
}

/** An exception of Parlay X: the same request would fail again (Client), or we could not say (Server). */
export function writeException(fault: ParlayFault): string {
  const value = { messageId: fault.messageId, text: fault.message, variables: fault.variables }
  const { parts } = exceptions[fault.exception]
  // Members of a named type stand in no namespace.
  const detail = `<m:${fault.exception}>${writeParts(parts, value, '')}</m:${fault.exception}>`
  const code = fault.messageId === 'SVC0001' ? 'soapenv:Server' : 'soapenv:Client'
  return writeFault('', code, filled(fault), `<detail>${detail}</detail>`)
}

export function writeSoapFault({ code, message }: SoapFault): string {
  const isOfSecurity = code === 'FailedAuthentication' || code === 'MessageExpired'
  if (!isOfSecurity) return writeFault('', `soapenv:${code}`, message, '')
  const [prefix, namespace] = code === 'FailedAuthentication' ? ['wsse', WSSE] : ['wsu', WSU]
  return writeFault(` xmlns:${prefix}="${namespace}"`, `${prefix}:${code}`, message, '')
}

function writeFault(bindings: string, code: string, text: string, detail: string): string {
  const fault = `<soapenv:Fault${bindings}><faultcode>${code}</faultcode><faultstring>${escapeXml(text)}</faultstring>${detail}</soapenv:Fault>`
  return writeEnvelope(COMMON, fault)
}

function filled({ message, variables }: ParlayFault): string {
  return message.replace(/%([12])/g, (_place, number: string) => variables[Number(number) - 1] ?? '')
}

/** The media type under which SOAP 1.1 travels. */
export const SOAP_TYPE = 'text/xml; charset=utf-8'
