import { SaxesParser } from 'saxes'
import { type Currency, isCurrency } from '../money/currency'
import type { Money } from '../money/money'
import { minorUnitsIn } from './amount'
import { MessageCheck } from './check-message'
import { BrokenMessage, type MessageRules, namespaceOf } from './rules'

/** An element that was read, with everything in it. */
export interface MessageNode {
  readonly name: string
  readonly text: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly MessageNode[]
}

/** An element that was asked for, and where it stood below the message's root. */
export interface Piece {
  readonly path: string
  readonly node: MessageNode
}

export interface ReadingLimits {
  /** Bytes of the whole file. */
  readonly mostBytes: number
  /** Elements in one piece. */
  readonly mostNodes: number
}

const LIMITS: ReadingLimits = { mostBytes: 512 * 1024 * 1024, mostNodes: 5_000 }
/** No text of a message is nearly so long: whoever sends more of it between two tags only fills memory. */
const LONGEST_RUN = 256 * 1024

/**
 * Reads a message as it comes, in bounded memory whatever its length, and gives the elements whose paths below the root
 * were asked for, each when it ends. Every element is checked against the rules. There is no document type, so there are
 * no entities but the five of XML itself, and nothing is ever fetched.
 *
 * What was given before a fault is found is part of a broken message: use nothing of it until the end is reached.
 * @throws BrokenMessage
 */
export async function* readMessage(
  source: AsyncIterable<Uint8Array>,
  rules: MessageRules,
  paths: readonly string[],
  limits: Partial<ReadingLimits> = {},
): AsyncGenerator<Piece> {
  const { mostBytes, mostNodes } = { ...LIMITS, ...limits }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reading = new Reading(rules, new Set(paths), mostNodes)
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new BrokenMessage('', `longer than ${mostBytes} bytes`)
    reading.take(decoded(() => decoder.decode(chunk, { stream: true })))
    yield* reading.given()
  }
  reading.take(decoded(() => decoder.decode()))
  reading.close()
  yield* reading.given()
}

/** The text at a path below an element; undefined when there is none. */
export function textAt(node: MessageNode, path: string): string | undefined {
  return nodeAt(node, path)?.text
}

/** The amount at a path below an element. Its rules have been checked; undefined when there is none. */
export function moneyAt(node: MessageNode, path: string): Money | undefined {
  const found = nodeAt(node, path)
  const currency = found?.attributes['Ccy']
  if (!found || currency === undefined || !isCurrency(currency)) return undefined
  return moneyOf(found.text, currency)
}

/** All elements of one name directly inside another. */
export function childrenOf(node: MessageNode, name: string): readonly MessageNode[] {
  return node.children.filter((child) => child.name === name)
}

export function nodeAt(node: MessageNode, path: string): MessageNode | undefined {
  let at: MessageNode | undefined = node
  for (const name of path.split('/')) at = at?.children.find((child) => child.name === name)
  return at
}

function moneyOf(text: string, currency: Currency): Money | undefined {
  const amount = minorUnitsIn(text, currency)
  return amount === undefined ? undefined : { amount, currency }
}

function decoded(decode: () => string): string {
  try {
    return decode()
  } catch {
    throw new BrokenMessage('', 'not UTF-8')
  }
}

interface Kept extends MessageNode {
  text: string
  readonly children: Kept[]
}

class Reading {
  private readonly check: MessageCheck
  private readonly parser = new SaxesParser({ xmlns: true })
  private ready: Piece[] = []
  /** The elements of the piece that is being read, from its own to the one that is open. */
  private kept: Kept[] = []
  private nodes = 0
  private isInside = false
  private isOver = false
  private run = 0

  constructor(
    private readonly rules: MessageRules,
    private readonly paths: ReadonlySet<string>,
    private readonly mostNodes: number,
  ) {
    this.check = new MessageCheck(rules)
    const { parser } = this
    parser.on('error', (error) => this.refuse(error.message))
    parser.on('doctype', () => this.refuse('a document type'))
    parser.on('processinginstruction', () => this.refuse('a processing instruction'))
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') this.refuse('not UTF-8')
    })
    parser.on('opentag', ({ local, uri, attributes }) => {
      this.run = 0
      const own = Object.values(attributes).filter((each) => each.prefix !== 'xmlns' && each.name !== 'xmlns')
      this.start(
        local,
        uri,
        Object.fromEntries(own.filter((each) => each.uri === '').map(({ local: name, value }) => [name, value])),
      )
    })
    parser.on('closetag', () => {
      this.run = 0
      this.end()
    })
    parser.on('text', (text) => this.isInside && this.check.text(text))
    parser.on('cdata', (text) => this.isInside && this.check.text(text))
  }

  take(text: string): void {
    this.run += text.length
    this.parser.write(text)
    if (this.run > LONGEST_RUN) this.refuse('text that is too long')
  }

  close(): void {
    this.parser.close()
    this.check.finish()
  }

  given(): Piece[] {
    const given = this.ready
    this.ready = []
    return given
  }

  private start(name: string, uri: string, attributes: Record<string, string>): void {
    if (!this.isInside) {
      if (name !== 'Document' || this.isOver) this.refuse('not one Document')
      if (uri !== namespaceOf(this.rules)) this.refuse(`not ${this.rules.id}`)
      this.isInside = true
      return
    }
    this.check.start(name, attributes)
    const isWanted = this.kept.length > 0 || this.paths.has(this.pathBelowRoot())
    if (!isWanted) return
    if (++this.nodes > this.mostNodes) this.refuse('one element with too many in it')
    const node: Kept = { name, text: '', attributes, children: [] }
    this.kept.at(-1)?.children.push(node)
    this.kept.push(node)
  }

  private end(): void {
    if (this.check.path === '') {
      this.isInside = false
      this.isOver = true
      return
    }
    const path = this.pathBelowRoot()
    const text = this.check.end()
    const node = this.kept.pop()
    if (!node) return
    node.text = text
    if (this.kept.length > 0) return
    this.nodes = 0
    this.ready.push({ path, node })
  }

  private pathBelowRoot(): string {
    return this.check.path.slice(this.rules.root.name.length + 1)
  }

  private refuse(fault: string): never {
    throw new BrokenMessage(this.check.path, fault)
  }
}
