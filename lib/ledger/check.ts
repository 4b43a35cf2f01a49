/** A money invariant as a question to the database: whatever it returns is a fault. */
export interface Check {
  readonly promise: string
  readonly sentence: string
  /** Selects one row for each fault, with a text column `example`. */
  readonly sql: string
}
