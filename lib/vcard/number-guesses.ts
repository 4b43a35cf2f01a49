import { type Clock, DAY_MS, HOUR_MS } from '../clock'
import type { Database } from '../db/database'
import { type Counted, countEach, countOne, uncountEach } from '../db/rate-count'
import type { Uuid } from '../ids'

/** Typing errors do not pass the check digit, so that whoever has a V-Card hardly ever needs a second try. */
const MOST_OF_A_PAYMENT = { most: 5, windowMs: DAY_MS }
/** Several shoppers may share an address; nobody behind one has twenty wrong numbers to type in an hour. */
const MOST_OF_AN_ADDRESS = { most: 20, windowMs: HOUR_MS }
/**
 * Far above the others, so that a stranger does not use it up for everybody who buys there, and far below what it would take
 * to search 10^11 numbers for one of just this shop and amount.
 */
export const MOST_OF_A_MERCHANT = { most: 10_000, windowMs: HOUR_MS }

/** Who typed a number at the hosted checkout. */
export interface TypedBy {
  readonly paymentId: Uuid
  /** Where the request came from, as far as it is known. */
  readonly address?: string
}

/** Wrong V-Card numbers, counted where whoever guesses cannot get around it (P8.3). */
export interface NumberGuesses {
  /** Under which those through a shop are counted. */
  ofMerchant(merchantId: Uuid): Counted
  /**
   * Counts a try before anybody knows whether it is wrong: of many at once no more are looked up than may be.
   * @returns undefined when there were too many; else what takes the try back, for a number that is right
   */
  begin(typedBy: TypedBy | undefined): Promise<{ takeBack(): Promise<void> } | undefined>
  /** One more wrong number through a shop. */
  note(merchantId: Uuid): Promise<void>
}

export function createNumberGuesses({
  database: { pool, prisma },
  clock,
}: {
  readonly database: Pick<Database, 'pool' | 'prisma'>
  readonly clock: Clock
}): NumberGuesses {
  const within = (subject: string, { most, windowMs }: { readonly most: number; readonly windowMs: number }) => ({
    subject: `vcard-number:${subject}`,
    windowStart: new Date(Math.floor(clock.now().getTime() / windowMs) * windowMs),
    most,
  })
  const ofMerchant = (merchantId: Uuid) => within(merchantId, MOST_OF_A_MERCHANT)

  return {
    ofMerchant,
    async begin(typedBy) {
      // A shop that sends numbers itself is known by its key: what it guesses counts for itself alone.
      if (!typedBy) return { takeBack: () => Promise.resolve() }
      const { paymentId, address } = typedBy
      const counted = [
        within(`payment:${paymentId}`, MOST_OF_A_PAYMENT),
        ...(address === undefined ? [] : [within(`address:${address}`, MOST_OF_AN_ADDRESS)]),
      ]
      const counts = await countEach(pool, counted)
      const isTooMany = counted.some(({ subject, most }) => (counts.get(subject) ?? 0) > most)
      return isTooMany ? undefined : { takeBack: () => uncountEach(pool, counted) }
    },
    async note(merchantId) {
      const { subject, windowStart } = ofMerchant(merchantId)
      await countOne(prisma, subject, windowStart)
    },
  }
}
