import { UnreadableBytes } from './protocol'

/** Length-prefixed frames: the length of what follows, big-endian, then the message. */
export interface Framing {
  readonly lengthBytes: 2 | 4
  /** What is longer is not of this link. */
  readonly longest: number
}

/**
 * Puts the length before a message.
 * @throws RangeError if it is longer than the link allows: a mistake of ours
 */
export function putInFrame({ lengthBytes, longest }: Framing, payload: Buffer): Buffer {
  if (payload.length > longest) throw new RangeError('the message is too long for a frame')
  const framed = Buffer.allocUnsafe(lengthBytes + payload.length)
  framed.writeUIntBE(payload.length, 0, lengthBytes)
  payload.copy(framed, lengthBytes)
  return framed
}

/** Cuts a stream of bytes, in whatever chunks it arrives, back into messages. */
export class Frames {
  private rest: Buffer = Buffer.alloc(0)

  constructor(private readonly framing: Framing) {}

  /**
   * The messages completed by this chunk, in order; what is left over waits for the next.
   *
   * @throws UnreadableBytes if a length is zero or above the longest
   */
  push(chunk: Buffer): Buffer[] {
    const { lengthBytes, longest } = this.framing
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    const payloads: Buffer[] = []
    let at = 0
    while (bytes.length - at >= lengthBytes) {
      const length = bytes.readUIntBE(at, lengthBytes)
      if (length === 0 || length > longest) throw new UnreadableBytes('a frame has an impossible length')
      const end = at + lengthBytes + length
      if (end > bytes.length) break
      payloads.push(bytes.subarray(at + lengthBytes, end))
      at = end
    }
    this.rest = bytes.subarray(at)
    return payloads
  }
}
