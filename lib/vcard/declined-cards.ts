import type { Uuid } from '../ids'

/** What is looked at of a payment's part. */
interface Tried {
  readonly state: string
  readonly means: Readonly<Record<string, unknown>>
}

/** The owner's cards that declined a part of a payment: dividing it over them again would end the same (M-293). */
export function declinedCards(legs: readonly Tried[], ownerId: Uuid): Uuid[] {
  const declined = legs.filter(({ state, means }) => state === 'declined' && means['ownerId'] === ownerId)
  return [...new Set(declined.map(({ means }) => means['cardId'] as Uuid))]
}
