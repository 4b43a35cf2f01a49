/**
 * Our own name for one request to an outside system: the same on every repeat of that request, and never used for
 * another (PROMISES 3.1). Twenty digits: the UTC second in which it was drawn (YYYYMMDDhhmmss) and a six-digit trace
 * number that no other process uses within that second. Card networks call the parts transmission time and STAN.
 */
export type CallReference = string & { readonly __brand: 'CallReference' }

/** Joins a time and a trace number (0 to 999999) into a reference. */
export function callReference(at: Date, trace: number): CallReference {
  const second = at.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return `${second}${String(trace).padStart(6, '0')}` as CallReference
}

/** The six-digit trace number of a reference (ISO 8583 DE11, STAN). */
export function traceOf(reference: CallReference): string {
  return reference.slice(14)
}

/** When the reference was drawn, to the second. */
export function timeOf(reference: CallReference): Date {
  const digits = (from: number, to: number) => Number(reference.slice(from, to))
  return new Date(Date.UTC(digits(0, 4), digits(4, 6) - 1, digits(6, 8), digits(8, 10), digits(10, 12), digits(12, 14)))
}
