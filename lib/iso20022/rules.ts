/**
 * The rules of ISO 20022 messages as tables: which elements stand in which order, how often, and what may be in each. The
 * same tables check what we write and what we read, element by element (check-message.ts).
 */
export type ElementType = Leaf | Group | Anything

/** An element that holds text. */
export interface Leaf {
  readonly kind: 'leaf'
  /** What is wrong with the text, in a few words; undefined when nothing is. */
  readonly fault: (text: string, attributes: Readonly<Record<string, string>>) => string | undefined
  /** The attributes it must have; it may have no other. */
  readonly attributes: readonly string[]
}

/** An element that holds others: all of them in this order, or one kind of them. */
export interface Group {
  readonly kind: 'sequence' | 'choice'
  readonly elements: readonly ElementRule[]
}

/** What we never write, and read over without looking at it. */
export interface Anything {
  readonly kind: 'anything'
}

export interface ElementRule {
  readonly name: string
  readonly least: number
  readonly most: number
  readonly type: ElementType
}

export interface MessageRules {
  /** The message's identifier, such as pain.008.001.08. */
  readonly id: string
  /** The one element inside Document. */
  readonly root: ElementRule
}

export const sequence = (...elements: readonly ElementRule[]): Group => ({ kind: 'sequence', elements })
export const choice = (...elements: readonly ElementRule[]): Group => ({ kind: 'choice', elements })
export const anything: Anything = { kind: 'anything' }

export const one = (name: string, type: ElementType): ElementRule => ({ name, least: 1, most: 1, type })
export const optional = (name: string, type: ElementType): ElementRule => ({ name, least: 0, most: 1, type })
export const some = (name: string, type: ElementType, most = Infinity): ElementRule => ({ name, least: 1, most, type })
export const any = (name: string, type: ElementType, most = Infinity): ElementRule => ({ name, least: 0, most, type })

export const namespaceOf = ({ id }: MessageRules): string => `urn:iso:std:iso:20022:tech:xsd:${id}`

/** A message breaks a rule; nothing of it may be used. */
export class BrokenMessage extends Error {
  override name = 'BrokenMessage'

  /** @param path the elements from the root to the one that is wrong */
  constructor(
    readonly path: string,
    readonly fault: string,
  ) {
    super(path === '' ? fault : `${path}: ${fault}`)
  }
}
