import { readDateTime } from './date-time'
import { SoapFault, WSSE, WSU } from './envelope'
import type { XmlElement } from './xml'

const PROFILE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#'
const BASE64_BINARY = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary'

/** What a UsernameToken shows; nothing of it is checked yet. */
export interface UsernameToken {
  readonly username: string
  readonly digest: Uint8Array
  readonly nonce: Uint8Array
  readonly created: string
  readonly createdAt: Date
  /** When the whole message stops being good, where its time stamp says so. */
  readonly expiresAt?: Date
}

/**
 * Reads the token out of a Security header: one name, a password digest with its nonce and time, and at most a time stamp
 * beside it. A password in clear is refused: nobody here can tell whether the way it came was closed, and a secret that is
 * to travel may do so as a bearer token.
 * @throws SoapFault
 */
export function readUsernameToken(security: XmlElement): UsernameToken {
  const token = only(security, WSSE, 'UsernameToken', 1)
  const timestamp = only(security, WSU, 'Timestamp', 0)
  if (!token || security.children.length > (timestamp ? 2 : 1)) throw unreadable()
  const username = only(token, WSSE, 'Username', 1)
  const password = only(token, WSSE, 'Password', 1)
  const nonce = only(token, WSSE, 'Nonce', 1)
  const created = only(token, WSU, 'Created', 1)
  if (token.children.length !== 4 || !username || !password || !nonce || !created) throw unreadable()
  if (attribute(password, 'Type') !== `${PROFILE}PasswordDigest`) {
    throw new SoapFault('FailedAuthentication', 'Only password digests with nonce and time are taken.')
  }
  const encoding = attribute(nonce, 'EncodingType')
  if (encoding !== undefined && encoding !== BASE64_BINARY) throw unreadable()
  const createdAt = readDateTime(created.text.trim())
  if (!createdAt) throw unreadable()
  const expires = timestamp && only(timestamp, WSU, 'Expires', 0)
  const expiresAt = expires && readDateTime(expires.text.trim())
  if (expires && !expiresAt) throw unreadable()
  return {
    username: username.text,
    digest: decoded(password.text, 20, 20),
    nonce: decoded(nonce.text, 8, 64),
    created: created.text,
    createdAt,
    ...(expiresAt && { expiresAt }),
  }
}

function only(parent: XmlElement, namespace: string, name: string, least: 0 | 1): XmlElement | undefined {
  const found = parent.children.filter((child) => child.namespace === namespace && child.name === name)
  if (found.length > 1 || found.length < least) throw unreadable()
  return found[0]
}

function attribute({ attributes }: XmlElement, wanted: string): string | undefined {
  return attributes.find(({ namespace, name }) => namespace === '' && name === wanted)?.value
}

function decoded(text: string, least: number, most: number): Uint8Array {
  const written = text.trim()
  const bytes = Buffer.from(written, 'base64')
  const isBase64 = bytes.toString('base64').replace(/=+$/, '') === written.replace(/=+$/, '')
  if (!isBase64 || bytes.length < least || bytes.length > most) throw unreadable()
  return bytes
}

function unreadable(): SoapFault {
  return new SoapFault('FailedAuthentication', 'The security header cannot be read.')
}
