/** Frames of the issuer link: two bytes with the length of what follows, most significant first, then the message. */

/** Longer than any message of the profile (the longest is under 1,500 characters); what claims more is not a frame. */
const LONGEST_MESSAGE = 4096

/** Puts a message into its frame, one character for each byte. */
export function frame(message: string): string {
  return String.fromCharCode(message.length >> 8, message.length & 0xff) + message
}

/** Takes a stream of bytes apart into messages, wherever the network has split or joined them. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0)

  /**
   * The messages that are complete with this chunk.
   * @throws RangeError when a length is impossible; the stream cannot be read any further.
   */
  push(chunk: Buffer): string[] {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    const messages: string[] = []
    let at = 0
    while (bytes.length - at >= 2) {
      const length = bytes.readUInt16BE(at)
      if (length === 0 || length > LONGEST_MESSAGE) throw new RangeError(`impossible frame length ${length}`)
      if (bytes.length - at - 2 < length) break
      messages.push(bytes.toString('latin1', at + 2, at + 2 + length))
      at += 2 + length
    }
    this.rest = bytes.subarray(at)
    return messages
  }
}
