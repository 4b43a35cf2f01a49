import type pg from 'pg'
import { type Currency, isCurrency } from '../money/currency'
import { rateFurther, type VolumeTariff } from './rating'
import {
  beginCharge,
  findVolume,
  forgetCharge,
  insertVolume,
  type ReservationPlace,
  type StoredVolume,
  growVolume,
} from './volume-store'

export interface Reserved extends VolumeTariff {
  readonly currency: Currency
}

/** An amount in minor units that a volume comes to now, or why it comes to none. */
export type Rated =
  | { kind: 'rated'; amount: bigint; currency: Currency }
  | { kind: 'refused'; reason: 'missing' | 'exceeds' | 'reference-reused' }

/** Reservations of volumes: by what they were rated, and how much of them was charged. */
export interface Volumes {
  keep(place: ReservationPlace, tariff: Reserved, volume: bigint, now: Date): Promise<void>
  /** Sets aside more, and says what that adds. */
  grow(place: ReservationPlace, volume: bigint): Promise<Rated>
  /** Takes back what grow set aside, where the money could not be. */
  shrink(place: ReservationPlace, volume: bigint): Promise<void>
  /** Notes that so much is about to be charged; the same reference comes to the same amount, however often. */
  begin(place: ReservationPlace, charge: { readonly reference: string; readonly volume: bigint }): Promise<Rated>
  /** The charge was refused: its volume is free again. */
  forget(place: ReservationPlace, reference: string): Promise<void>
}

export function createVolumes({ pool }: { pool: pg.Pool }): Volumes {
  async function change(place: ReservationPlace, by: bigint): Promise<Rated> {
    // Whoever else changes the same volume comes before or after us: each time is rated by what stood there.
    for (;;) {
      const stored = await findVolume(pool, place)
      const currency = stored && currencyOf(stored)
      if (!stored || !currency) return { kind: 'refused', reason: 'missing' }
      if (await growVolume(pool, place, stored.reservedVolume, stored.reservedVolume + by)) {
        const amount = by > 0n ? rateFurther(stored, stored.reservedVolume, by) : 0n
        return { kind: 'rated', amount, currency }
      }
    }
  }

  return {
    keep: (place, tariff, volume, now) => insertVolume(pool, place, { ...tariff, reservedVolume: volume }, now),
    grow: change,
    shrink: async (place, volume) => void (await change(place, -volume)),

    async begin(place, { reference, volume }) {
      const begun = await beginCharge(pool, place, { reference, volume }, rateFurther)
      if (begun.kind === 'refused') return begun
      const currency = currencyOf(begun)
      return currency ? { kind: 'rated', amount: begun.amount, currency } : { kind: 'refused', reason: 'missing' }
    },

    forget: (place, reference) => forgetCharge(pool, place, reference),
  }
}

function currencyOf({ currency }: Pick<StoredVolume, 'currency'>): Currency | undefined {
  return isCurrency(currency) ? currency : undefined
}
