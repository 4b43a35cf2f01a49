import type { Pdu } from 'smpp'
import type { ReceiptState, SmsReceipt } from './sms'

/** esm_class of a deliver_sm, bits 2 to 5: this one is a receipt. */
const RECEIPT = 0x04
const RECEIPT_BITS = 0x3c

/** message_state of SMPP 3.4, and the words that stand in a receipt's text. What is on its way yet is not told. */
const BY_NUMBER: Readonly<Record<number, ReceiptState>> = {
  2: 'delivered',
  3: 'expired',
  4: 'deleted',
  5: 'undeliverable',
  7: 'unknown',
  8: 'rejected',
}
const BY_WORD: Readonly<Record<string, ReceiptState>> = {
  DELIVRD: 'delivered',
  EXPIRED: 'expired',
  DELETED: 'deleted',
  UNDELIV: 'undeliverable',
  UNKNOWN: 'unknown',
  REJECTD: 'rejected',
}

export function isReceipt({ esm_class = 0 }: Pdu): boolean {
  return (esm_class & RECEIPT_BITS) === RECEIPT
}

/** A final receipt, by its optional parameters where the centre sends them, else by its text; undefined for any other. */
export function readReceipt(pdu: Pdu): SmsReceipt | undefined {
  const { message = '' } = pdu.short_message ?? {}
  const text = typeof message === 'string' ? message : Buffer.from(message).toString('latin1')
  const centreId = pdu.receipted_message_id || /\bid:([^\s]{1,65})/.exec(text)?.[1]
  const word = /\bstat:([A-Z]{7})/i.exec(text)?.[1]?.toUpperCase()
  const state =
    pdu.message_state === undefined
      ? word && Object.hasOwn(BY_WORD, word) && BY_WORD[word]
      : BY_NUMBER[pdu.message_state]
  return centreId && state ? { centreId, state } : undefined
}
