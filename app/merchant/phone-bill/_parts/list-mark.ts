/** The place in a list where the next page begins: the moment of a row, and its name among those of that moment. */
export interface ListMark {
  readonly at: Date
  readonly name: string
}

export function writeMark({ at, name }: ListMark): string {
  return `${at.getTime()}_${name}`
}

/** Anything that is not a mark is left out: then the list begins at its top. */
export function readMark(text: string | string[] | undefined | null): ListMark | undefined {
  const [, at, name] = typeof text === 'string' ? (/^([0-9]{1,14})_([\w-]{1,100})$/.exec(text) ?? []) : []
  return at && name ? { at: new Date(Number(at)), name } : undefined
}
