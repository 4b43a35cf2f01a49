import { serviceException } from '../../parlayx/faults'
import type { HttpGateway } from '../http-gateway'

const LONGEST_CORRELATOR = 200
const LONGEST_REFERENCE = 200

/**
 * One line of text that somebody will read: neither empty nor longer than that, without control characters.
 * @param part by which a refusal names it
 * @throws ParlayFault SVC0002
 */
export function readLine(part: string, text: string, longest: number): string {
  const line = text.normalize('NFC').trim()
  if (line === '' || [...line].length > longest || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(line)) {
    throw serviceException('SVC0002', part)
  }
  return line
}

/** By which an application names a request for good. */
export function readReferenceCode(text: string): string {
  if (text !== text.trim()) throw serviceException('SVC0002', 'referenceCode')
  return readLine('referenceCode', text, LONGEST_REFERENCE)
}

/**
 * Where an application wants to be told, as far as can be seen without calling it (P5.6).
 * @throws ParlayFault SVC0002
 */
export function readReference(
  { outgoing }: Pick<HttpGateway, 'outgoing'>,
  { endpoint, correlator }: { readonly endpoint: string; readonly correlator: string },
): { endpoint: string; correlator: string } {
  if (outgoing.faultOf(endpoint)) throw serviceException('SVC0002', 'endpoint')
  return { endpoint, correlator: readLine('correlator', correlator, LONGEST_CORRELATOR) }
}
