/** Frames of the telco link: four bytes with the length of what follows, most significant first, then UTF-8 JSON. */

export const LONGEST_FRAME = 65_536

export function frame(text: string): Buffer {
  const payload = Buffer.from(text, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(payload.length)
  return Buffer.concat([length, payload])
}

/** Takes a stream of bytes apart into texts, wherever the network has split or joined them. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0)

  /**
   * The texts that are complete with this chunk.
   * @throws RangeError when a length is impossible or the bytes are not UTF-8; the stream cannot be read any further
   */
  push(chunk: Buffer): string[] {
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    const texts: string[] = []
    while (bytes.length >= 4) {
      const length = bytes.readUInt32BE(0)
      if (length === 0 || length > LONGEST_FRAME) throw new RangeError(`impossible frame length ${length}`)
      if (bytes.length - 4 < length) break
      texts.push(read(bytes.subarray(4, 4 + length)))
      bytes = bytes.subarray(4 + length)
    }
    this.rest = bytes
    return texts
  }
}

const strict = new TextDecoder('utf-8', { fatal: true })

function read(bytes: Buffer): string {
  try {
    return strict.decode(bytes)
  } catch {
    throw new RangeError('a frame that is not UTF-8')
  }
}
