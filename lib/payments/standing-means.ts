import type { Uuid } from '../ids'
import type { Means } from '../modules/payment-module'

/**
 * A means that its holder has agreed to be charged with while not there, up to an amount. Only our own code can make one:
 * what a client sends is data, and never an instance of this class, so it cannot stand for one.
 */
export class StandingMeans {
  /** @param most minor units; the agreement covers no charge above it */
  constructor(
    readonly shopperId: Uuid,
    readonly means: Means,
    readonly most: bigint,
  ) {}
}
