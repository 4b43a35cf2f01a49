import { BrokenMessage, type ElementRule, type ElementType, type MessageRules } from './rules'

interface Open {
  readonly name: string
  readonly type: ElementType
  /** Which element of the group was seen last, and how often; -1 before the first. */
  at: number
  seen: number
  text: string
  readonly attributes: Readonly<Record<string, string>>
}

const DEEPEST = 40

/**
 * Follows a message element by element and refuses the first that its rules do not allow. Reader and writer tell it the
 * same things, so that nothing can be written that we would not read.
 */
export class MessageCheck {
  private readonly open: Open[]

  constructor(rules: MessageRules) {
    this.open = [
      { name: '', type: { kind: 'sequence', elements: [rules.root] }, at: -1, seen: 0, text: '', attributes: {} },
    ]
  }

  /** The elements from the message's root to the one that is open. */
  get path(): string {
    return this.open
      .slice(1)
      .map(({ name }) => name)
      .join('/')
  }

  /** @throws BrokenMessage */
  start(name: string, attributes: Readonly<Record<string, string>> = {}): void {
    if (this.open.length > DEEPEST) this.refuse('too deep')
    const parent = this.top
    const type = this.typeOf(parent, name)
    this.open.push({ name, type, at: -1, seen: 0, text: '', attributes })
    const wanted = type.kind === 'leaf' ? type.attributes : []
    if (type.kind === 'anything') return
    for (const each of Object.keys(attributes)) {
      if (!wanted.includes(each)) this.refuse(`an attribute that may not be there: ${each.slice(0, 40)}`)
    }
  }

  /** @throws BrokenMessage */
  text(value: string): void {
    const { type } = this.top
    if (type.kind === 'leaf') this.top.text += value
    else if (type.kind !== 'anything' && value.trim() !== '') this.refuse('text between elements')
  }

  /**
   * @returns the text of the element that ends, without spaces around it
   * @throws BrokenMessage
   */
  end(): string {
    const { type, attributes, at, seen, text } = this.top
    const value = text.trim()
    if (type.kind === 'leaf') {
      const fault = type.fault(value, attributes)
      if (fault !== undefined) this.refuse(fault)
    } else if (type.kind === 'sequence') {
      this.metUntil(type.elements, at, seen, type.elements.length)
    } else if (type.kind === 'choice' && at < 0) {
      this.refuse(`none of ${namesOf(type.elements)}`)
    }
    this.open.pop()
    return value
  }

  /** @throws BrokenMessage when the message is not whole */
  finish(): void {
    const [document] = this.open
    if (this.open.length > 1 || !document || document.at < 0) this.refuse('ends too early')
  }

  private get top(): Open {
    const top = this.open.at(-1)
    if (!top) throw new BrokenMessage('', 'more ends than beginnings')
    return top
  }

  private typeOf(parent: Open, name: string): ElementType {
    const { type, at, seen } = parent
    if (type.kind === 'anything') return type
    if (type.kind === 'leaf') return this.refuse(`an element where text belongs: ${name.slice(0, 40)}`)
    const { elements } = type
    const next = elements.findIndex((each) => each.name === name)
    const rule = elements[next]
    if (!rule) return this.refuse(`an element that may not be there: ${name.slice(0, 40)}`)
    if (next === at) {
      if (seen >= rule.most) return this.refuse(`${name} more than ${rule.most} times`)
      parent.seen += 1
      return rule.type
    }
    if (type.kind === 'choice' && at >= 0) return this.refuse(`more than one of ${namesOf(elements)}`)
    if (next < at) return this.refuse(`${name} in the wrong place`)
    if (type.kind === 'sequence') this.metUntil(elements, at, seen, next)
    parent.at = next
    parent.seen = 1
    return rule.type
  }

  /** What had to stand before an element has stood there. */
  private metUntil(elements: readonly ElementRule[], at: number, seen: number, end: number): void {
    for (let index = Math.max(at, 0); index < end; index += 1) {
      const rule = elements[index]
      if (rule && (index === at ? seen : 0) < rule.least) this.refuse(`${rule.name} is missing`)
    }
  }

  private refuse(fault: string): never {
    throw new BrokenMessage(this.path, fault)
  }
}

const namesOf = (elements: readonly ElementRule[]) => elements.map(({ name }) => name).join(', ')
