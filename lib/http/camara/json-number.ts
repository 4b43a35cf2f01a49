import { readJson } from '../read-json'

/** A number of a JSON document as it was written: amounts never pass through a float (PROMISES 10.2). */
export class JsonNumber {
  constructor(readonly text: string) {}
}

// Cannot stand in a string of a document that readJson lets pass.
const MARK = '\0'
const NUMBER = /-?[0-9][0-9.eE+-]*/y

/**
 * Reads a JSON document strictly, as readJson does, with each number as its own text.
 * @throws ApiError
 */
export function readJsonExactly(bytes: Uint8Array): unknown {
  readJson(bytes)
  return JSON.parse(quoteNumbers(Buffer.from(bytes).toString('utf8')), (_name, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? new JsonNumber(value.slice(MARK.length)) : value,
  )
}

/** The document with each number written as a marked string; it is known to be well-formed. */
function quoteNumbers(text: string): string {
  let quoted = ''
  for (let at = 0; at < text.length;) {
    const character = text[at]!
    if (character === '"') {
      let end = at + 1
      while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1
      quoted += text.slice(at, end + 1)
      at = end + 1
      continue
    }
    NUMBER.lastIndex = at
    const [number] = NUMBER.exec(text) ?? []
    quoted += number === undefined ? character : `"\\u0000${number}"`
    at += number?.length ?? 1
  }
  return quoted
}
