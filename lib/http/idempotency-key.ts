import { createHmac } from 'node:crypto'
import type { Call } from './call'
import { ApiError } from './errors'

/** The caller's name for one request that moves money, and what that request was. */
export interface Claim {
  readonly key: string
  readonly fingerprint: Buffer
}

// Visible ASCII, bare as most clients send it, or between the quotes of a structured-field string.
const BARE = /^[\x21-\x7e]{1,255}$/
const QUOTED = /^"([\x21\x23-\x5b\x5d-\x7e]{1,255})"$/

/**
 * Reads the Idempotency-Key of a request.
 * @param hashKey keys the fingerprint: a plain hash of a body with a card number in it could be searched for the number
 * @throws ApiError when it is missing or malformed
 */
export function readClaim(call: Call, hashKey: Buffer): Claim {
  const header = call.header('idempotency-key')
  if (header === undefined) throw new ApiError('idempotency-key-missing')
  const key = QUOTED.exec(header)?.[1] ?? (header.startsWith('"') ? undefined : BARE.exec(header)?.[0])
  if (key === undefined) throw new ApiError('idempotency-key-malformed')
  const fingerprint = createHmac('sha256', hashKey).update(`${call.method} ${call.path}\n`).update(call.body).digest()
  return { key, fingerprint }
}
