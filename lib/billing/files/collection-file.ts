import { BrokenFile, digits, readFields, text, widthOf } from './layout'
import { readTrailer, TRAILER_WIDTH } from './charging-lines'
import { linesOf } from './lines'

export type CollectionResult = 'paid' | 'unpaid' | 'written-off'

/** What became of one purchase on its bill. */
export interface CollectionLine {
  readonly tid: string
  readonly result: CollectionResult
  readonly amount: bigint
  /** YYYYMMDD, in the centre's zone. */
  readonly date: string
}

const LINE = [text('tid', 36), text('result', 1), digits('amount', 12), digits('date', 8)]
const RESULTS: Readonly<Record<string, CollectionResult>> = { P: 'paid', U: 'unpaid', W: 'written-off' }
const NAME = /^([A-Z0-9]{1,8})_([0-9]{4}(?:0[1-9]|1[0-2]))\.col$/

/** Centre and month (YYYYMM) that the name of a collection file says; undefined for any other file. */
export function readCollectionName(name: string): { centre: string; month: string } | undefined {
  const [, centre, month] = NAME.exec(name) ?? []
  return centre && month ? { centre, month } : undefined
}

/**
 * Reads the results of a month, in constant memory.
 * @throws BrokenFile saying which line is wrong; only a file that has been read to its end has been checked whole
 */
export async function readCollectionFile(
  chunks: AsyncIterable<Uint8Array>,
  onLine: (line: CollectionLine) => Promise<void> | void,
): Promise<{ lines: number; sha256: string }> {
  let lines = 0
  let total = 0n
  let sha256: string | undefined
  for await (const { text: line, number, sha256Before } of linesOf(chunks)) {
    try {
      if (sha256) throw new BrokenFile('something follows the trailer')
      if (line.length === TRAILER_WIDTH) {
        const trailer = readTrailer(line)
        sha256 = sha256Before()
        if (trailer.sha256 !== sha256) throw new BrokenFile('the checksum is not that of the bytes before it')
        if (trailer.details !== lines || trailer.charges + trailer.credits !== total)
          throw new BrokenFile('the totals of the trailer are not those of the lines')
      } else {
        const read = readLine(line)
        lines += 1
        total += read.amount
        await onLine(read)
      }
    } catch (error) {
      throw error instanceof BrokenFile ? new BrokenFile(`line ${number}: ${error.message}`) : error
    }
  }
  if (!sha256) throw new BrokenFile('the file ends before its trailer')
  return { lines, sha256 }
}

function readLine(line: string): CollectionLine {
  if (line.length !== widthOf(LINE)) throw new BrokenFile('the line has a wrong length')
  const { tid, result, amount, date } = readFields(LINE, line)
  const known = RESULTS[result]
  if (!known) throw new BrokenFile(`the result ${result} is not known`)
  return { tid, result: known, amount: BigInt(amount), date }
}
