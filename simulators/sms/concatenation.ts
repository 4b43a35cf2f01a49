/** Puts the parts of long messages together again, by the header that each part begins with (3GPP TS 23.040). */

export interface Part {
  readonly text: string
  /** Absent for a message of one part. */
  readonly place?: { readonly reference: number; readonly of: number; readonly number: number }
}

/** The place of a part by its user data header; undefined when there is none, or it is of another kind. */
export function placeOf(header: readonly Uint8Array[] | undefined): Part['place'] {
  const element = header?.find((each) => each[0] === 0 && each[1] === 3 && each.length === 5)
  if (!element) return undefined
  const [, , reference = 0, of = 0, number = 0] = element
  return number >= 1 && number <= of ? { reference, of, number } : undefined
}

export class Concatenation {
  private readonly open = new Map<string, Map<number, string>>()

  /**
   * The whole message once its last part has come; undefined before.
   * @param conversation who sends to whom: references are told apart within it
   */
  add(conversation: string, { text, place }: Part): { text: string; parts: number } | undefined {
    if (!place) return { text, parts: 1 }
    const key = `${conversation} ${place.reference} ${place.of}`
    const parts = this.open.get(key) ?? new Map<number, string>()
    this.open.set(key, parts.set(place.number, text))
    if (parts.size < place.of) return undefined
    this.open.delete(key)
    const inOrder = [...parts].sort(([one], [other]) => one - other).map(([, each]) => each)
    return { text: inOrder.join(''), parts: place.of }
  }

  clear(): void {
    this.open.clear()
  }
}
