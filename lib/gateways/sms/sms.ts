/** One message, however many parts it takes. */
export interface Sms {
  /** Our own name for it, for the transaction log. */
  readonly id: string
  /** E.164, with the plus. */
  readonly to: string
  readonly text: string
  /** True for a line that is to be called and told. */
  readonly spoken: boolean
  /** Afterwards the centre is not to deliver it any more. */
  readonly validUntil?: Date
  /** The payment it tells of, for the transaction log. */
  readonly paymentId?: string
}

/** What came of handing a message over. */
export type SmsOutcome =
  /** The centre has all of it, under these names of its own, one for each part. */
  | { readonly kind: 'taken'; readonly centreIds: readonly string[] }
  /** The centre will not have it. */
  | { readonly kind: 'refused'; readonly status: number }
  /** The centre has nothing of it: it asked for patience, or could not be reached. May be handed over again. */
  | { readonly kind: 'not-taken'; readonly status?: number }
  /** The centre may have it, or a part of it. To hand it over again could send it twice. */
  | { readonly kind: 'no-answer'; readonly centreIds: readonly string[] }

/** What became of a part, by its receipt; words that are not final are not told. */
export type ReceiptState = 'delivered' | 'expired' | 'deleted' | 'undeliverable' | 'unknown' | 'rejected'

export interface SmsReceipt {
  readonly centreId: string
  readonly state: ReceiptState
}

/** How the link to the SMS centre stands, for operators. */
export interface SmsCentreState {
  readonly system: string
  /** up: bound. degraded: bound, but it did not answer last. down: not bound. idle: nobody has asked for it yet. */
  readonly state: 'up' | 'degraded' | 'down' | 'idle'
  readonly inFlight: number
  readonly lastAnswerAt: Date | undefined
  /** Submissions since the start that ended without an answer. */
  readonly unanswered: number
}

/** The link to the SMS centre (docs/links/sms.md). */
export interface SmsCentre {
  /** Binds, and stays bound until it is closed: from then on receipts come. Safe to call again. */
  open(): void
  isUp(): boolean
  /** Bound, and not so many submissions unanswered that another would have to wait. */
  hasRoom(): boolean
  /** Opens it if need be and waits until it is up; false when the time is over first. */
  whenUp(timeLimitMs: number): Promise<boolean>
  /** Hands a message over, part by part in order, at most once. Never throws. */
  send(sms: Sms): Promise<SmsOutcome>
  state(): SmsCentreState
  /** Waits for what is under way, unbinds and hangs up. */
  close(): Promise<void>
}
