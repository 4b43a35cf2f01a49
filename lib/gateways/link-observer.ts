/** The kinds of links a message may cross. */
export const linkNames = [
  'issuer',
  'telco',
  'bank',
  'sms',
  'mail',
  'webhook',
  'confirmation',
  'billing-file',
  'bank-file',
] as const
export type LinkName = (typeof linkNames)[number]

/**
 * One message that crossed a link, for the transaction log, the latency figures and the traces. An adapter tells of the
 * request (`out`) when it is sent and of the answer (`in`) when it is read; a request that got no answer is told of as
 * an `in` with the result `no-answer` and no body. Answers that nobody waited for are told of too (`unmatched`).
 */
export interface LinkMessage {
  readonly link: LinkName
  /** Code of the outside system: an issuer's, a telco's, a billing centre's; a host name where there is no code. */
  readonly system: string
  readonly direction: 'out' | 'in'
  /** What was asked, in the words of the port: authorize, reverse, authenticate, submit, … The same in both directions. */
  readonly operation: string
  /** By which both directions, and the payment, are found: the reference of the request, or the payment's id (TID). */
  readonly correlation?: string | undefined
  /** The payment, where the adapter knows it. */
  readonly paymentId?: string | undefined
  /** Only of an answer: approved, refused:<reason>, no-answer, unmatched, 200, … */
  readonly result?: string | undefined
  /** Only of an answer: how long it took, in milliseconds. */
  readonly durationMs?: number | undefined
  /**
   * The message as text, with its secrets masked: card numbers at most BIN and last four, telephone numbers by
   * maskNumber, codes and PINs not at all. Called later and at most once, so that writing it costs the caller nothing.
   */
  readonly body?: (() => string) | undefined
}

/** Given to every adapter, which may be without one. Never throws and never waits. */
export type LinkObserver = (message: LinkMessage) => void

/** A telephone number, an account or a calling card as a log may hold it: the last four, and as much in front as tells its kind. */
export function maskNumber(number: string): string {
  const shown = Math.min(4, Math.floor(number.length / 2))
  const ahead = number.startsWith('+') ? 3 : 0
  const hidden = Math.max(0, number.length - shown - ahead)
  return number.slice(0, ahead) + '*'.repeat(hidden) + number.slice(number.length - shown)
}
