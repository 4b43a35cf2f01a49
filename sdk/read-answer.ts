/** An answer that is not what the API describes; it says neither yes nor no. */
export class UnreadableAnswer extends Error {
  override name = 'UnreadableAnswer'
}

export function readRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnreadableAnswer('not an object')
  return value as Record<string, unknown>
}

export function readText(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new UnreadableAnswer('not a text')
  return value
}

/** Whole minor units in decimal text. */
export function readAmount(value: unknown): bigint {
  if (typeof value !== 'string' || !/^(?:0|[1-9][0-9]{0,14})$/.test(value)) throw new UnreadableAnswer('not an amount')
  return BigInt(value)
}

/** The same, negative where it is taken from you. */
export function readSigned(value: unknown): bigint {
  if (typeof value !== 'string' || !/^-?(?:0|[1-9][0-9]{0,17})$/.test(value))
    throw new UnreadableAnswer('not an amount')
  return BigInt(value)
}

export function readList<Item>(value: unknown, read: (item: unknown) => Item): Item[] {
  if (!Array.isArray(value)) throw new UnreadableAnswer('not a list')
  return value.map(read)
}
