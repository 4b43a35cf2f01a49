import { createHash } from 'node:crypto'
import { BrokenFile } from './layout'

const NEWLINE = 10
/** No line of any of our files comes near this; a file without line ends must not fill the memory. */
const LONGEST_LINE = 4096

/** One line without its end, and the SHA-256 of every byte before it. */
export interface Line {
  readonly text: string
  readonly number: number
  /** Only for the line that may be the last: hashing all before each line anew would cost more than reading it. */
  sha256Before(): string
}

/**
 * The lines of a file, one at a time, whatever its length; bytes that are no UTF-8 are refused.
 * @throws BrokenFile for a line without end, or one that is too long
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const sha256Before = () => hash.copy().digest('hex')
  let rest: Buffer = Buffer.alloc(0)
  let number = 0
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    let at = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      const line = bytes.subarray(at, end)
      number += 1
      yield { text: decode(decoder, line, number), number, sha256Before }
      hash.update(bytes.subarray(at, end + 1))
      at = end + 1
    }
    rest = bytes.subarray(at)
    if (rest.length > LONGEST_LINE) throw new BrokenFile(`line ${number + 1} is too long`)
  }
  if (rest.length > 0) throw new BrokenFile(`line ${number + 1} has no end`)
}

function decode(decoder: TextDecoder, line: Uint8Array, number: number): string {
  try {
    return decoder.decode(line)
  } catch {
    throw new BrokenFile(`line ${number} is not UTF-8`)
  }
}
