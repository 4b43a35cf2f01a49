/** A line of a file that somebody outside put out for us; files of two of them may have one name. */
export interface LineMark {
  readonly owner: string
  readonly name: string
  readonly line: number
}

const MARK = /^([0-9]{1,9})\/([^/\p{Cc}]{1,100})\/([^\p{Cc}]{1,300})$/u

export function writeLineMark({ owner, name, line }: LineMark): string {
  return `${line}/${owner}/${name}`
}

/** Anything that is not a mark is left out: then the list begins at its top. */
export function readLineMark(text: string | string[] | undefined): LineMark | undefined {
  const [, line, owner, name] = typeof text === 'string' ? (MARK.exec(text) ?? []) : []
  return line && owner && name ? { owner, name, line: Number(line) } : undefined
}
