/** The longest message the profile can write is under 2,000 characters; a longer frame is not of this link. */
export const LONGEST_FRAME = 4096

const LENGTH_BYTES = 2

/** The other side does not keep to the framing: where the next message begins is no longer known. */
export class BrokenFrame extends Error {
  override readonly name = 'BrokenFrame'
}

/** Puts the two-byte length (big-endian) before a message. */
export function frame(payload: Buffer): Buffer {
  if (payload.length > LONGEST_FRAME) throw new BrokenFrame('the message is too long for a frame')
  const framed = Buffer.allocUnsafe(LENGTH_BYTES + payload.length)
  framed.writeUInt16BE(payload.length, 0)
  payload.copy(framed, LENGTH_BYTES)
  return framed
}

/** Cuts a stream of bytes, in whatever chunks it arrives, back into messages. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0)

  /**
   * The messages completed by this chunk, in order; what is left over waits for the next.
   *
   * @throws BrokenFrame if a length is zero or above LONGEST_FRAME
   */
  push(chunk: Buffer): Buffer[] {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    const payloads: Buffer[] = []
    let at = 0
    while (bytes.length - at >= LENGTH_BYTES) {
      const length = bytes.readUInt16BE(at)
      if (length === 0 || length > LONGEST_FRAME) throw new BrokenFrame('a frame has an impossible length')
      const end = at + LENGTH_BYTES + length
      if (end > bytes.length) break
      payloads.push(bytes.subarray(at + LENGTH_BYTES, end))
      at = end
    }
    this.rest = bytes.subarray(at)
    return payloads
  }
}
