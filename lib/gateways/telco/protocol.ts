import { randomUUID } from 'node:crypto'
import type { Outgoing } from '../tcp/exchange'
import { Frames, type Framing, putInFrame } from '../tcp/framing'
import type { LinkProtocol } from '../tcp/protocol'
import { pingRequest, type TelcoRequest } from './messages'

/** Four bytes of length, at most 64 KiB of JSON (docs/links/telco.md). */
export const TELCO_FRAMES: Framing = { lengthBytes: 4, longest: 65_536 }

/** An answer as it came: whose it is, and what it says, not looked at yet. */
export interface TelcoReply {
  /** Empty when it names no request: then it is nobody's answer. */
  readonly id: string
  readonly body: unknown
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @throws RangeError if the request is longer than a frame may be */
export function outgoing(request: TelcoRequest): Outgoing {
  return { key: request.id, bytes: putInFrame(TELCO_FRAMES, Buffer.from(JSON.stringify(request))) }
}

/** Framed JSON; nobody signs on, and a ping keeps a silent connection. */
export const telcoProtocol: LinkProtocol<TelcoReply> = {
  reader() {
    const frames = new Frames(TELCO_FRAMES)
    return { push: (chunk) => frames.push(chunk).map(readReply) }
  },
  keyOf: ({ id }) => id,
  housekeeping: (purpose, now) => (purpose === 'echo' ? outgoing(pingRequest(`ping-${randomUUID()}`, now)) : undefined),
  isFine: () => true,
}

/** A frame that holds no answer harms nobody else's: where the next one begins is still known. */
function readReply(payload: Buffer): TelcoReply {
  try {
    const body: unknown = JSON.parse(utf8.decode(payload))
    const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined
    return { id: typeof id === 'string' ? id : '', body }
  } catch {
    return { id: '', body: undefined }
  }
}
