import { MessageCheck } from './check-message'
import { BrokenMessage, type ElementRule, type MessageRules, namespaceOf } from './rules'

/** Text with attributes: an amount and its currency. */
export interface Amount {
  readonly text: string
  readonly attributes: Readonly<Record<string, string>>
}

/** What is in a message: text, or elements by their names, in whatever order. Undefined is left out. */
export type Content = string | Amount | Tree

export interface Tree {
  readonly [name: string]: Content | readonly Content[] | AsyncIterable<Content> | undefined
}

/**
 * Writes a message in pieces, whatever its length: UTF-8, in the order of its rules, one element a line. What repeats
 * without end is given as an async iterable. The same content makes the same bytes.
 * @throws BrokenMessage at the first element that breaks a rule; what was written until then is no message
 */
export async function* writeMessage(rules: MessageRules, content: Tree): AsyncGenerator<string> {
  const check = new MessageCheck(rules)
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespaceOf(rules)}">\n`
  yield* pieces(rules.root, content, check, 1)
  check.finish()
  yield '</Document>\n'
}

/** As pieces, when something inside comes piece by piece; otherwise at once. */
async function* pieces(
  rule: ElementRule,
  content: Content,
  check: MessageCheck,
  depth: number,
): AsyncGenerator<string> {
  const { type } = rule
  if (!isTree(content) || (type.kind !== 'sequence' && type.kind !== 'choice') || !comesInPieces(content)) {
    yield whole(rule, content, check, depth)
    return
  }
  check.start(rule.name)
  onlyKnown(content, type.elements, check)
  yield `${indent(depth)}<${rule.name}>\n`
  for (const element of type.elements) {
    const value = content[element.name]
    if (value === undefined) continue
    for await (const each of isEndless(value) || isMany(value) ? value : [value]) {
      yield* pieces(element, each, check, depth + 1)
    }
  }
  check.end()
  yield `${indent(depth)}</${rule.name}>\n`
}

function whole({ name, type }: ElementRule, content: Content, check: MessageCheck, depth: number): string {
  if (isTree(content)) {
    check.start(name)
    const elements = type.kind === 'sequence' || type.kind === 'choice' ? type.elements : []
    onlyKnown(content, elements, check)
    let inside = ''
    for (const element of elements) {
      const value = content[element.name]
      if (value === undefined || isEndless(value)) continue
      for (const each of isMany(value) ? value : [value]) inside += whole(element, each, check, depth + 1)
    }
    check.end()
    return `${indent(depth)}<${name}>\n${inside}${indent(depth)}</${name}>\n`
  }
  const { text, attributes } = typeof content === 'string' ? { text: content, attributes: {} } : content
  check.start(name, attributes)
  check.text(text)
  const value = check.end()
  const written = Object.entries(attributes).map(([key, each]) => ` ${key}="${escaped(each)}"`)
  return `${indent(depth)}<${name}${written.join('')}>${escaped(value)}</${name}>\n`
}

function onlyKnown(content: Tree, elements: readonly ElementRule[], check: MessageCheck): void {
  const unknown = Object.keys(content).find((name) => !elements.some((element) => element.name === name))
  if (unknown !== undefined) throw new BrokenMessage(check.path, `an element that may not be there: ${unknown}`)
}

const indent = (depth: number) => '  '.repeat(depth)

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)

type Value = NonNullable<Tree[string]>
const isEndless = (value: Value): value is AsyncIterable<Content> =>
  typeof value === 'object' && Symbol.asyncIterator in value
const isMany = (value: Value): value is readonly Content[] => Array.isArray(value)
const isTree = (content: Content): content is Tree =>
  typeof content === 'object' && !(typeof content['text'] === 'string' && 'attributes' in content)

function comesInPieces(tree: Tree): boolean {
  return Object.values(tree).some((value) => {
    if (value === undefined || typeof value === 'string') return false
    if (isEndless(value)) return true
    return (isMany(value) ? value : [value]).some((each) => isTree(each as Content) && comesInPieces(each as Tree))
  })
}
