import type { Readable } from 'node:stream'

export interface InputLine {
  readonly bytes: Buffer
  /** From 1, blank lines counted. */
  readonly line: number
}

const NEWLINE = 0x0a

/** The lines of a stream as bytes, each as soon as its end has arrived; the last one may lack its newline. */
export async function* readLines(input: Readable): AsyncGenerator<InputLine, void, void> {
  let pending: Buffer[] = []
  let line = 1
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk as Uint8Array)
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      yield { bytes: Buffer.concat([...pending, bytes.subarray(start, end)]), line: line++ }
      pending = []
      start = end + 1
    }
    if (start < bytes.length) pending.push(bytes.subarray(start))
  }
  if (pending.length > 0) yield { bytes: Buffer.concat(pending), line }
}
