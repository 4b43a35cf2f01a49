/** An element with its names resolved. Comments and the prefixes that were used are not kept. */
export interface XmlElement {
  /** Empty when the element is in no namespace. */
  readonly namespace: string
  readonly name: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** All character data directly inside, entities resolved. */
  readonly text: string
}

export interface XmlAttribute {
  readonly namespace: string
  readonly name: string
  readonly value: string
}

/** What was sent is not XML as this gateway reads it. */
export class XmlError extends Error {
  override name = 'XmlError'
}

/** What one document may hold; the largest body is bounded besides (P10.1). */
const LIMITS = { depth: 16, elements: 2000, attributes: 32 } as const

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/'
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const NAME =
  /[A-Za-z_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u3001-\uD7FF][-A-Za-z0-9_.\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u037D\u037F-\u1FFF\u203F-\u2040\u3001-\uD7FF]*/
const QUALIFIED = new RegExp(`(?:(${NAME.source}):)?(${NAME.source})`, 'y')
const SPACE = /[ \t\r\n]*/y
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"utf-8"|'utf-8'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/i
// Everything that XML 1.0 forbids in a document: control characters, and halves of surrogate pairs.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

type Scope = ReadonlyMap<string, string>

/**
 * Reads a document: UTF-8, well formed, names resolved. There is no document type, so there are no entities but the five
 * of XML itself, no processing instructions, and nothing is ever fetched.
 * @throws XmlError
 */
export function readXml(bytes: Uint8Array): XmlElement {
  return new Reader(decode(bytes)).document()
}

function decode(bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new XmlError('not UTF-8')
  }
  if (FORBIDDEN.test(text)) throw new XmlError('a forbidden character')
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

interface RawAttribute {
  readonly prefix: string
  readonly name: string
  readonly value: string
}

class Reader {
  private at = 0
  private elements = 0

  constructor(private readonly text: string) {}

  document(): XmlElement {
    this.at = DECLARATION.exec(this.text)?.[0].length ?? 0
    this.misc()
    const root = this.element(new Map(), 1)
    this.misc()
    if (this.at < this.text.length) throw new XmlError('something after the end')
    return root
  }

  /** White space and comments, which may stand around the one element of a document. */
  private misc(): void {
    for (;;) {
      this.space()
      if (!this.text.startsWith('<!--', this.at)) return
      this.comment()
    }
  }

  private element(outer: Scope, depth: number): XmlElement {
    if (depth > LIMITS.depth) throw new XmlError('too deep')
    if (++this.elements > LIMITS.elements) throw new XmlError('too many elements')
    this.expect('<')
    const opening = this.qualified()
    const raw = this.attributes()
    const scope = declared(raw, outer)
    const isEmpty = this.text.startsWith('/>', this.at)
    this.expect(isEmpty ? '/>' : '>')
    const { children, text } = isEmpty ? { children: [], text: '' } : this.content(opening, scope, depth)
    return {
      namespace: resolve(opening.prefix, scope, true),
      name: opening.name,
      attributes: resolved(raw, scope),
      children,
      text,
    }
  }

  private content(opening: { prefix: string; name: string }, scope: Scope, depth: number) {
    const children: XmlElement[] = []
    let text = ''
    for (;;) {
      const next = this.text.indexOf('<', this.at)
      if (next < 0) throw new XmlError('an element without end')
      if (next > this.at) {
        const written = this.text.slice(this.at, next)
        if (written.includes(']]>')) throw new XmlError('the end of a section that did not begin')
        text += unescaped(written)
        this.at = next
      }
      if (this.text.startsWith('</', this.at)) {
        this.at += 2
        const closing = this.qualified()
        this.space()
        this.expect('>')
        if (closing.prefix !== opening.prefix || closing.name !== opening.name) throw new XmlError('elements cross')
        return { children, text }
      }
      if (this.text.startsWith('<!--', this.at)) this.comment()
      else if (this.text.startsWith('<![CDATA[', this.at)) text += this.until('<![CDATA[', ']]>')
      else children.push(this.element(scope, depth + 1))
    }
  }

  private attributes(): RawAttribute[] {
    const found: RawAttribute[] = []
    for (;;) {
      const before = this.at
      this.space()
      const next = this.text[this.at]
      if (next === '>' || next === '/' || next === undefined) return found
      if (before === this.at) throw new XmlError('attributes touch')
      const { prefix, name } = this.qualified()
      this.space()
      this.expect('=')
      this.space()
      const quote = this.text[this.at]
      if (quote !== '"' && quote !== "'") throw new XmlError('a value without quotes')
      const written = this.until(quote, quote)
      if (written.includes('<')) throw new XmlError('a value that opens an element')
      if (found.length >= LIMITS.attributes) throw new XmlError('too many attributes')
      found.push({ prefix, name, value: unescaped(written.replace(/[\t\n]/g, ' ')) })
    }
  }

  private comment(): void {
    if (this.until('<!--', '-->').includes('--')) throw new XmlError('a comment with two hyphens')
  }

  private until(begin: string, end: string): string {
    const from = this.at + begin.length
    const to = this.text.indexOf(end, from)
    if (to < 0) throw new XmlError('something without end')
    this.at = to + end.length
    return this.text.slice(from, to)
  }

  private qualified(): { prefix: string; name: string } {
    QUALIFIED.lastIndex = this.at
    const found = QUALIFIED.exec(this.text)
    if (!found) throw new XmlError('no name where one belongs')
    this.at = QUALIFIED.lastIndex
    return { prefix: found[1] ?? '', name: found[2]! }
  }

  private space(): void {
    SPACE.lastIndex = this.at
    SPACE.exec(this.text)
    this.at = SPACE.lastIndex
  }

  private expect(wanted: string): void {
    if (!this.text.startsWith(wanted, this.at)) throw new XmlError(`no ${wanted} where one belongs`)
    this.at += wanted.length
  }
}

function declared(raw: readonly RawAttribute[], outer: Scope): Scope {
  let scope: Map<string, string> | undefined
  for (const { prefix, name, value } of raw) {
    const binds = prefix === 'xmlns' ? name : prefix === '' && name === 'xmlns' ? '' : undefined
    if (binds === undefined) continue
    const isReserved = binds === 'xmlns' || value === XMLNS_NAMESPACE || (binds === 'xml') !== (value === XML_NAMESPACE)
    if (isReserved || (binds !== '' && value === '')) throw new XmlError('a name space that cannot be declared')
    scope ??= new Map(outer)
    scope.set(binds, value)
  }
  return scope ?? outer
}

function resolve(prefix: string, scope: Scope, isElement: boolean): string {
  if (prefix === '') return isElement ? (scope.get('') ?? '') : ''
  if (prefix === 'xml') return XML_NAMESPACE
  const namespace = scope.get(prefix)
  if (namespace === undefined) throw new XmlError('a prefix that is not declared')
  return namespace
}

function resolved(raw: readonly RawAttribute[], scope: Scope): XmlAttribute[] {
  const names = new Set<string>()
  const attributes: XmlAttribute[] = []
  for (const { prefix, name, value } of raw) {
    const isDeclaration = prefix === 'xmlns' || (prefix === '' && name === 'xmlns')
    const namespace = isDeclaration ? XMLNS_NAMESPACE : resolve(prefix, scope, false)
    const full = `{${namespace}}${name}`
    if (names.has(full)) throw new XmlError('an attribute twice')
    names.add(full)
    if (!isDeclaration) attributes.push({ namespace, name, value })
  }
  return attributes
}

function unescaped(written: string): string {
  if (!written.includes('&')) return written
  return written.replace(/&([^;&]*)(;?)/g, (_whole, name: string, end: string) => {
    const text = end === ';' ? entity(name) : undefined
    if (text === undefined) throw new XmlError('an entity that nobody defined')
    return text
  })
}

function entity(name: string): string | undefined {
  if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name]
  const [, decimal, hex] = /^#(?:([0-9]{1,7})|x([0-9A-Fa-f]{1,6}))$/.exec(name) ?? []
  if (decimal === undefined && hex === undefined) return undefined
  const point = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
  if (point > 0x10ffff) return undefined
  const text = String.fromCodePoint(point)
  return FORBIDDEN.test(text) ? undefined : text
}

/** Text as it stands between tags or in an attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => {
    const [name] = Object.entries(ENTITIES).find(([, means]) => means === character) ?? []
    return name === undefined ? '&#13;' : `&${name};`
  })
}
