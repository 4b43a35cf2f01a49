/** What the address of a list asks for: part of a name, one tab, its order, and where the page before ended. */
export interface ListQuery {
  readonly q?: string | string[]
  readonly show?: string | string[]
  readonly sort?: string | string[]
  readonly before?: string | string[]
}

const LONGEST_SEARCH = 100

/** The text that is looked for; undefined: nothing is. */
export function searched({ q }: ListQuery): string | undefined {
  const text = typeof q === 'string' ? q.normalize('NFC').trim().slice(0, LONGEST_SEARCH) : ''
  return text === '' ? undefined : text
}

/** The address of a list; what is undefined is left out. */
export function listHref(here: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? here : `${here}?${new URLSearchParams(given)}`
}
