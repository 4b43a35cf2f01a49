// Control characters, line separators, and the marks that make text read in another order than it is stored.
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

/** Whether a line holds nothing that is not seen: whoever reads it reads what is stored (PROMISES 10.3). */
export function isPlainLine(text: string): boolean {
  return !UNSEEN.test(text)
}

/** The same of several lines, with \n between them. */
export function arePlainLines(text: string): boolean {
  return text.split('\n').every(isPlainLine)
}
