import { BrokenFile } from './layout'

/** What a billing centre says about one charging file. */
export interface Acknowledgement {
  readonly accepted: boolean
  /** Why the whole file was rejected; empty when it was not. */
  readonly reason: string
  readonly refused: readonly { readonly record: number; readonly reason: string }[]
}

const REFUSED = /^([0-9]{1,7}) ([\x20-\x7e]{1,200})$/

/**
 * Reads an acknowledgement: `OK` or `REJECTED <reason>`, then a line for each refused detail.
 * @throws BrokenFile for anything else, which is neither a yes nor a no
 */
export function readAcknowledgement(content: string): Acknowledgement {
  if (!content.endsWith('\n')) throw new BrokenFile('the acknowledgement is not complete')
  const [verdict = '', ...lines] = content.slice(0, -1).split('\n')
  const rejected = /^REJECTED(?: ([\x20-\x7e]{0,200}))?$/.exec(verdict)
  if (verdict !== 'OK' && !rejected) throw new BrokenFile('the acknowledgement says neither OK nor REJECTED')
  const refused = lines.map((line) => {
    const [, record, reason = ''] = REFUSED.exec(line) ?? []
    if (record === undefined) throw new BrokenFile('a line of the acknowledgement names no record')
    return { record: Number(record), reason }
  })
  return { accepted: verdict === 'OK', reason: rejected?.[1] ?? '', refused }
}
