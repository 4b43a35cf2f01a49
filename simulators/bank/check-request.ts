/** Who says what to a bank: the signature of a request, checked before a word of it is read. */
import type http from 'node:http'
import { flattenedVerify } from 'jose'
import { z } from 'zod'
import type { GatewayKeys } from './gateway-keys'

export interface BankRequest {
  readonly method: string
  /** Behind the bank's address. */
  readonly path: string
  readonly body: Buffer
  readonly signature: string
}

export type CheckedRequest =
  | { readonly kind: 'signed'; readonly iss: string; readonly jti: string }
  | { readonly kind: 'fault'; readonly fault: string; readonly iss?: string; readonly jti?: string }

const WINDOW_S = 300
const BODY_LIMIT = 65_536

const header = z.strictObject({
  alg: z.enum(['EdDSA', 'ES256']),
  kid: z.string(),
  iss: z.string(),
  aud: z.string(),
  iat: z.int(),
  jti: z.string().min(8).max(64),
  htm: z.string(),
  htu: z.string(),
})

/** Requests that were heard: none is heard twice. */
export class SeenRequests {
  private readonly seen = new Map<string, number>()

  isNew(jti: string): boolean {
    const now = Date.now()
    for (const [each, at] of this.seen) {
      if (now - at < 2 * WINDOW_S * 1000) break
      this.seen.delete(each)
    }
    if (this.seen.has(jti)) return false
    this.seen.set(jti, now)
    return true
  }

  clear(): void {
    this.seen.clear()
  }
}

export async function checkRequest(
  bank: string,
  { method, path, body, signature }: BankRequest,
  gateway: GatewayKeys,
  seen: SeenRequests,
): Promise<CheckedRequest> {
  const [head = '', payload, mark = ''] = signature.split('.')
  const read = header.safeParse(parsed(head))
  if (!read.success || payload !== '') return { kind: 'fault', fault: 'no detached signature of the profile' }
  const { iss, aud, iat, jti, htm, htu, alg, kid } = read.data
  const fault = (why: string): CheckedRequest => ({ kind: 'fault', fault: why, iss, jti })
  const found = await gateway.find(kid)
  if (!found) return fault('signed with a key that is not known')
  if (found.alg !== alg) return fault('signed with another algorithm than the key’s')
  try {
    const jws = { protected: head, payload: body.toString('base64url'), signature: mark }
    await flattenedVerify(jws, found.key, { algorithms: [alg] })
  } catch {
    return fault('the signature does not verify')
  }
  if (aud !== bank || htm !== method || htu !== path) return fault('signed for another request')
  if (Math.abs(Date.now() / 1000 - iat) > WINDOW_S) return fault('signed at another time')
  if (!seen.isNew(jti)) return fault('heard before')
  return { kind: 'signed', iss, jti }
}

export async function readBody(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) throw new RangeError('longer than a request may be')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parsed(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
