import { BrokenFile } from './layout'
import {
  type FileDetail,
  type FileHeader,
  type FileTrailer,
  readDetail,
  readHeader,
  readTrailer,
} from './charging-lines'
import { linesOf } from './lines'

export interface ChargingFile {
  readonly header: FileHeader
  readonly trailer: FileTrailer
}

/**
 * Reads a charging file from its first byte to its last, in constant memory, and checks everything that can be checked
 * without knowing earlier files: widths, record numbers, control totals and checksum.
 *
 * @throws BrokenFile saying which line is wrong, and how
 */
export async function readChargingFile(
  chunks: AsyncIterable<Uint8Array>,
  onDetail: (detail: FileDetail) => void = () => undefined,
): Promise<ChargingFile> {
  let header: FileHeader | undefined
  let trailer: FileTrailer | undefined
  let details = 0
  const sums = { charge: 0n, credit: 0n }
  for await (const { text, number, sha256Before } of linesOf(chunks)) {
    try {
      if (trailer) throw new BrokenFile('something follows the trailer')
      if (!header) header = readHeader(text)
      else if (text.startsWith('D')) {
        const detail = readDetail(text)
        if (detail.record !== ++details) throw new BrokenFile(`record ${detail.record} stands where ${details} should`)
        sums[detail.kind] += detail.amount
        onDetail(detail)
      } else {
        trailer = readTrailer(text)
        if (trailer.sha256 !== sha256Before()) throw new BrokenFile('the checksum is not that of the bytes before it')
      }
    } catch (error) {
      throw error instanceof BrokenFile ? new BrokenFile(`line ${number}: ${error.message}`) : error
    }
  }
  if (!header || !trailer) throw new BrokenFile('the file ends before its trailer')
  const agrees = trailer.details === details && trailer.charges === sums.charge && trailer.credits === sums.credit
  if (!agrees) throw new BrokenFile('the totals of the trailer are not those of the details')
  return { header, trailer }
}
