/**
 * Why nothing can be sent. unable: this browser, or this connection, cannot encrypt. uncertified: the key that was offered
 * is not provably the gateway's. unreachable: the key could not be had.
 */
export type SealingFault = 'unable' | 'uncertified' | 'unreachable'

/** Nothing was encrypted, and so nothing must be sent. */
export class CannotSeal extends Error {
  override name = 'CannotSeal'
  /** @param detail for whoever has to find out why; the words on the page are for the shopper */
  constructor(
    readonly fault: SealingFault,
    detail: string = fault,
  ) {
    super(detail)
  }
}
