import { readAmount, readList, readRecord, readText, UnreadableAnswer } from './read-answer'

/** What one of the shopper's cards carries; no more is told of the card. */
export interface VCardShare {
  readonly issuer: string
  readonly lastFour: string
  readonly amount: bigint
}

/** How a V-Card would be divided at this moment. Nothing is set aside by asking. */
export interface VCardProposal {
  readonly amount: bigint
  readonly currency: string
  /** Whether the shopper's cards can carry the amount now. */
  readonly isPossible: boolean
  /** split only where it is worth more to the shopper than the best single card. */
  readonly recommendation?: 'split' | 'single'
  readonly shares: readonly VCardShare[]
}

/** A one-time number for one purchase at your shop, of exactly its amount. */
export interface VCard {
  readonly id: string
  readonly masked: string
  readonly amount: bigint
  readonly currency: string
  /** spent: accepted for a payment, whatever became of that. */
  readonly state: 'live' | 'spent' | 'cancelled' | 'expired'
  /** What became of it, where it was spent. voiding: on its way back, until every issuer has confirmed. */
  readonly use?: 'being-checked' | 'held' | 'approved' | 'voiding' | 'not-charged'
  readonly shares: readonly VCardShare[]
  readonly createdAt: string
  readonly expiresAt: string
  readonly closedAt?: string
  /** The payment for which it was spent. */
  readonly paymentId?: string
}

/** A V-Card just made: the only answer that has its number. */
export interface NewVCard extends VCard {
  readonly number: string
  /** YYMM, to be sent with the number. */
  readonly expiry: string
}

export interface VCardPage {
  readonly vcards: readonly VCard[]
  /** To be sent as `after`; null on the last page. */
  readonly next: string | null
}

function readShare(value: unknown): VCardShare {
  const given = readRecord(value)
  return {
    issuer: readText(given['issuer']),
    lastFour: readText(given['lastFour']),
    amount: readAmount(given['amount']),
  }
}

/** @throws UnreadableAnswer */
export function readProposal(value: unknown): VCardProposal {
  const given = readRecord(value)
  if (typeof given['isPossible'] !== 'boolean') throw new UnreadableAnswer('not a yes or no')
  return {
    ...(given as unknown as VCardProposal),
    amount: readAmount(given['amount']),
    shares: readList(given['shares'], readShare),
  }
}

/** @throws UnreadableAnswer */
export function readVCard(value: unknown): VCard {
  const given = readRecord(value)
  readText(given['id'])
  readText(given['state'])
  return {
    ...(given as unknown as VCard),
    amount: readAmount(given['amount']),
    shares: readList(given['shares'], readShare),
  }
}

/** @throws UnreadableAnswer */
export function readNewVCard(value: unknown): NewVCard {
  const given = readRecord(value)
  return { ...readVCard(value), number: readText(given['number']), expiry: readText(given['expiry']) }
}

/** @throws UnreadableAnswer */
export function readVCardPage(value: unknown): VCardPage {
  const given = readRecord(value)
  return {
    vcards: readList(given['vcards'], readVCard),
    next: given['next'] === null ? null : readText(given['next']),
  }
}
