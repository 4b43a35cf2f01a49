import { readList, readRecord, readText } from './read-answer'

/** What you say of an order; its shopper sees it. */
export interface NewOrderFact {
  readonly kind: 'shipped' | 'delivered'
  readonly carrier?: string
  readonly trackingNumber?: string
  /** https; where the shopper follows it. */
  readonly trackingUrl?: string
  readonly note?: string
  /** RFC 3339; now when absent. */
  readonly at?: string
}

export interface OrderFact extends NewOrderFact {
  readonly id: string
  readonly at: string
}

/** The address that the shopper lets you read for one payment. */
export interface DeliveryAddress {
  readonly recipient: string
  /** E.164 */
  readonly phone: string
  /** ISO 3166-1 */
  readonly country: string
  readonly postalCode: string
  readonly line1: string
  readonly line2?: string
  readonly city?: string
  readonly region?: string
  /** As its country writes it. */
  readonly lines: readonly string[]
  readonly consentAt: string
}

/** @throws UnreadableAnswer */
export function readOrderFact(value: unknown): OrderFact {
  const given = readRecord(value)
  readText(given['id'])
  return given as unknown as OrderFact
}

/** @throws UnreadableAnswer */
export function readOrderFacts(value: unknown): readonly OrderFact[] {
  return readList(readRecord(value)['facts'], readOrderFact)
}

/** @throws UnreadableAnswer */
export function readDeliveryAddress(value: unknown): DeliveryAddress {
  const given = readRecord(value)
  readText(given['line1'])
  return given as unknown as DeliveryAddress
}
