/** One thing wrong with an instance. */
export interface Issue {
  /** JSON Pointer (RFC 6901) into the instance; empty for the whole of it. */
  readonly path: string
  readonly message: string
}

/** Thrown for input that is not an instance; holds everything found wrong with it. */
export class InvalidInstance extends Error {
  override readonly name = 'InvalidInstance'

  constructor(readonly issues: readonly Issue[]) {
    const first = issues[0]
    super(first === undefined ? 'The instance is invalid.' : `${first.path || 'The instance'}: ${first.message}`)
  }
}
