/** A line of a file that somebody outside put out for us; files of two of them may have one name. */
export interface LineMark {
  readonly owner: string
  readonly name: string
  readonly line: number
}

/** Such a file, in a list by the moment we saw it. */
export interface SeenMark {
  readonly owner: string
  readonly name: string
  readonly seenAt: Date
}

const MARK = /^([0-9]{1,14})\/([^/\p{Cc}]{1,100})\/([^\p{Cc}]{1,300})$/u
/** Lines are counted in 32 bits. */
const MOST_LINES = 2 ** 31 - 1

export function writeLineMark({ owner, name, line }: LineMark): string {
  return `${line}/${owner}/${name}`
}

export function writeSeenMark({ owner, name, seenAt }: SeenMark): string {
  return `${seenAt.getTime()}/${owner}/${name}`
}

/** Anything that is not a mark is left out: then the list begins at its top. */
export function readLineMark(text: string | string[] | undefined): LineMark | undefined {
  const mark = readMark(text)
  return mark && mark.number <= MOST_LINES ? { owner: mark.owner, name: mark.name, line: mark.number } : undefined
}

export function readSeenMark(text: string | string[] | undefined): SeenMark | undefined {
  const mark = readMark(text)
  return mark && { owner: mark.owner, name: mark.name, seenAt: new Date(mark.number) }
}

function readMark(text: string | string[] | undefined) {
  const [, number, owner, name] = typeof text === 'string' ? (MARK.exec(text) ?? []) : []
  return number && owner && name ? { number: Number(number), owner, name } : undefined
}
