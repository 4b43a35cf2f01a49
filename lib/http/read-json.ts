import { ApiError } from './errors'

/** Objects and arrays inside each other; no document of ours is deeper than six. */
const DEEPEST = 32

/** NUL, and halves of a surrogate pair: escapes can write both, no text has them. */
const NOT_TEXT = /[\0\p{Surrogate}]/u

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a JSON document strictly (PROMISES 10.1, 10.4): UTF-8 without a byte order mark, no member twice, no NUL, no half
 * characters, not too deep, and no member that could reach a prototype.
 * @throws ApiError saying which of these it is
 */
export function readJson(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ApiError('malformed-json')
  }
  inspect(text)
  return value
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new ApiError('bad-text')
  }
}

/** Looks for what JSON.parse lets pass; the text is known to be well-formed JSON. */
function inspect(text: string): void {
  /** For each open object the names seen so far, for each open array nothing. */
  const open: (Set<string> | undefined)[] = []
  let atName = false
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
      case 0x5b: // [
        atName = text[at] === '{'
        open.push(atName ? new Set() : undefined)
        if (open.length > DEEPEST) throw new ApiError('too-deep')
        break
      case 0x7d: // }
      case 0x5d: // ]
        open.pop()
        atName = false
        break
      case 0x2c: // ,
        atName = open.at(-1) !== undefined
        break
      case 0x22: {
        const end = closingQuote(text, at)
        const content = contentOf(text, at, end)
        if (atName) takeName(open.at(-1), content)
        atName = false
        at = end
      }
    }
  }
}

function closingQuote(text: string, opening: number): number {
  let at = opening + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

function contentOf(text: string, opening: number, closing: number): string {
  const written = text.slice(opening + 1, closing)
  if (!written.includes('\\')) return written
  const content = JSON.parse(text.slice(opening, closing + 1)) as string
  if (NOT_TEXT.test(content)) throw new ApiError('bad-text')
  return content
}

function takeName(names: Set<string> | undefined, name: string): void {
  if (name === '__proto__') throw new ApiError('forbidden-member')
  if (names?.has(name)) throw new ApiError('duplicate-member')
  names?.add(name)
}
