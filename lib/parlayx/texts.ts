import { isSpokenTo } from '../billing/phone-number'
import type { Vault } from '../cards/vault'
import { type Clock, HOUR_MS, later } from '../clock'
import type { Database } from '../db/database'
import { publicId, type Uuid, uuidAt } from '../ids'
import { composeSms } from '../messages/compose-sms'
import type { OutgoingMessage } from '../messages/message'
import type { Locale } from '../payments/payment'
import type { DeliveryStatus } from './interfaces/sms'
import { countSince, findStatuses, insertTexts, isCorrelatorUsed } from './text-store'

/** How many characters a text may have: what ten parts of an SMS in Korean hold. */
export const LONGEST_TEXT = 670
/** To how many telephones one request may send. */
export const MOST_ADDRESSES = 100
/** Nobody is written to more often by applications of one merchant: a right to send is no right to pester (N10). */
const MOST_PER_HOUR = 20

export interface TextRequest {
  readonly merchantId: Uuid
  readonly applicationId: Uuid
  /** E.164, each once. */
  readonly numbers: readonly string[]
  readonly text: string
  readonly locale: Locale
  /** Where to tell what became of it. */
  readonly receipt?: { readonly endpoint: string; readonly correlator: string }
}

export interface TextStatus {
  /** E.164 */
  readonly number: string
  readonly status: DeliveryStatus
}

/** Texts that applications send to telephones, through the outbox like every other message (M-85). */
export interface Texts {
  /** @returns by which its status can be asked (sms_…) */
  send(
    request: TextRequest,
  ): Promise<{ kind: 'sent'; id: string } | { kind: 'refused'; reason: 'too-many-messages' | 'correlator-used' }>
  /** Undefined when this application sent no such text. */
  status(place: { merchantId: Uuid; applicationId: Uuid }, id: Uuid): Promise<TextStatus[] | undefined>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  /** Sends a text at once where it can be; what it cannot stays in the outbox. */
  hurry(message: OutgoingMessage): void
}

export function createTexts({ database, clock, vault, hurry }: Parts): Texts {
  return {
    async send({ merchantId, applicationId, numbers, text, locale, receipt }) {
      const now = clock.now()
      const id = uuidAt(now)
      const rows = numbers.map((number) => {
        const address = { merchantId, to: number, spoken: isSpokenTo(number), locale, at: now }
        const message = composeSms(vault, address, { topic: 'application-text', text })
        const sealed = vault.seal({ kind: 'open-sms', ownerId: merchantId, id: message.id }, number)
        return { message, print: vault.fingerprint(`sms:${number}`), ...sealed }
      })
      const refusal = await database.transaction(async (tx) => {
        if (receipt && (await isCorrelatorUsed(tx, applicationId, receipt.correlator))) return 'correlator-used'
        const prints = rows.map(({ print }) => print)
        const most = await countSince(tx, { merchantId, prints, since: later(now, -HOUR_MS) })
        if (most >= MOST_PER_HOUR) return 'too-many-messages'
        await insertTexts(tx, { merchantId, id, applicationId, ...(receipt && { receipt }), at: now }, rows)
        return undefined
      })
      if (refusal) return { kind: 'refused', reason: refusal }
      for (const { message } of rows) hurry(message)
      return { kind: 'sent', id: publicId('sms', id) }
    },

    async status({ merchantId, applicationId }, id) {
      const rows = await findStatuses(database.pool, { merchantId, applicationId, id })
      if (rows.length === 0) return undefined
      return rows.map(({ messageId, status, ...sealed }) => ({
        number: vault.open({ kind: 'open-sms', ownerId: merchantId, id: messageId }, sealed),
        status,
      }))
    },
  }
}
