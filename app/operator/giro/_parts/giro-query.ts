import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { readLineMark, readSeenMark, writeLineMark, writeSeenMark } from '@/app/operator/_parts/line-mark'
import { listHref, searched } from '@/app/operator/people/_parts/list-query'
import type { FileMark, OddGiroMark } from '@/lib/giro/file-store'
import { publicId, readPublicId, type Uuid } from '@/lib/ids'

export const GIRO = '/operator/giro'

/** Which credits are looked for, and where the pages before ended, of each list. */
export interface GiroPlace {
  readonly search?: string | undefined
  readonly credit?: Uuid | undefined
  readonly proposal?: Uuid | undefined
  readonly transfer?: Uuid | undefined
  readonly file?: FileMark | undefined
  readonly odd?: OddGiroMark | undefined
}

export function readPlace({ q, before, proposal, transfer, file, odd }: RawQuery): GiroPlace {
  const [seen, line] = [readSeenMark(file), readLineMark(odd)]
  return {
    search: searched({ q: String(q ?? '') }),
    credit: readPublicId('gcr', String(before ?? '')),
    proposal: readPublicId('gpr', String(proposal ?? '')),
    transfer: readPublicId('ret', String(transfer ?? '')),
    file: seen && { ...seen, bank: seen.owner },
    odd: line && { ...line, bank: line.owner },
  }
}

/** The page with every list at its place. */
export function placeHref({ search, credit, proposal, transfer, file, odd }: GiroPlace): string {
  return listHref(GIRO, {
    q: search,
    before: credit && publicId('gcr', credit),
    proposal: proposal && publicId('gpr', proposal),
    transfer: transfer && publicId('ret', transfer),
    file: file && writeSeenMark({ ...file, owner: file.bank }),
    odd: odd && writeLineMark({ ...odd, owner: odd.bank }),
  })
}
