import type pg from 'pg'
import { countSendings } from '../billing/code-store'
import { isSpokenTo } from '../billing/phone-number'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Uuid } from '../ids'
import { composeSms } from '../messages/compose-sms'
import type { Locale } from '../payments/payment'
import { insertNotice } from './notice-store'

/**
 * How many may be sent within any hour (P6.6, N10). The number is one that anybody can type: it must not be flooded,
 * whatever shops and payments are used for it.
 */
const MOST = { number: 3, payment: 2, merchant: 60 } as const

/**
 * The SMS "unregistered account" (M-93). It goes only to a number that the request itself gave (N10), and it is the same
 * whether there is no such account or the PIN is wrong: it must not tell strangers which accounts exist (P6.7).
 */
export interface UnregisteredNotices {
  /** Writes the message for the outbox, unless too many went to that number, or for that payment or shop, of late. */
  tell(notice: {
    readonly merchantId: Uuid
    readonly paymentId: Uuid
    /** E.164 */
    readonly to: string
    /** Of the account number that was typed. */
    readonly lastFour: string
    readonly locale: Locale
  }): Promise<void>
}

export function createUnregisteredNotices({
  pool,
  clock,
  vault,
}: {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly vault: Vault
}): UnregisteredNotices {
  return {
    async tell({ merchantId, paymentId, to, lastFour, locale }) {
      const at = clock.now()
      const number = Buffer.from(vault.fingerprint(to)).toString('hex')
      const counts = [
        { subject: `unregistered-number:${number}`, most: MOST.number },
        { subject: `unregistered-payment:${paymentId}`, most: MOST.payment },
        { subject: `unregistered-merchant:${merchantId}`, most: MOST.merchant },
      ]
      if (await countSendings(pool, counts, at)) return
      const address = { merchantId, to, spoken: isSpokenTo(to), locale, at }
      const message = composeSms(vault, address, { topic: 'account-unregistered', account: lastFour })
      await insertNotice(pool, merchantId, message)
    },
  }
}
