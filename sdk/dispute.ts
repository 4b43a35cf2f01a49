import { readAmount, readList, readRecord, readText } from './read-answer'

/** A shopper's claim over a payment. */
export interface Dispute {
  readonly id: string
  /** `pay_…` */
  readonly payment: string
  readonly orderRef: string
  readonly orderName: string
  readonly reason: string
  /** The shopper's own words. */
  readonly claim: string
  readonly wanted: bigint
  readonly currency: string
  /** `open` waits for your answer; `deciding` settles by itself. */
  readonly state: 'open' | 'answered' | 'unanswered' | 'second' | 'deciding' | 'decided' | 'withdrawn' | 'expired'
  readonly answerBy: string
  readonly decideBy?: string
  readonly answer?: string
  readonly answeredAt?: string
  readonly offer?: bigint
  readonly outcome?: 'shopper' | 'shop' | 'part'
  readonly granted?: bigint
  readonly decision?: string
  /** `ref_…` */
  readonly refund?: string
  readonly createdAt: string
  readonly closedAt?: string
}

export interface DisputePage {
  readonly disputes: readonly Dispute[]
  readonly next: string | null
}

/** @throws UnreadableAnswer */
export function readDispute(value: unknown): Dispute {
  const { offer, granted, ...given } = readRecord(value)
  readText(given['id'])
  readText(given['state'])
  return {
    ...(given as unknown as Dispute),
    wanted: readAmount(given['wanted']),
    ...(offer !== undefined && { offer: readAmount(offer) }),
    ...(granted !== undefined && { granted: readAmount(granted) }),
  }
}

/** @throws UnreadableAnswer */
export function readDisputePage(value: unknown): DisputePage {
  const { disputes, next } = readRecord(value)
  return { disputes: readList(disputes, readDispute), next: next === null ? null : readText(next) }
}
