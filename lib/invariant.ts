/** Thrown when we were wrong: a state that cannot be. Logged and answered with 500, never caught to go on. */
export class BrokenInvariant extends Error {
  override name = 'BrokenInvariant'
}

export function invariant(holds: unknown, sentence: string): asserts holds {
  if (!holds) throw new BrokenInvariant(sentence)
}
