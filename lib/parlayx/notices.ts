import { z } from 'zod'
import type { WatchedChange } from '../accounts/accounts'
import type { Vault } from '../cards/vault'
import type { Database } from '../db/database'
import { publicId, type Uuid } from '../ids'
import { isCurrency } from '../money/currency'
import { decimalOf } from '../money/decimal'
import { writeEnvelope } from './envelope'
import { accountChangeNotification, type AccountChange } from './interfaces/account-management'
import { deliveryStatuses, smsNotification } from './interfaces/sms'
import { writeMessage } from './write-message'
import { findAddress, findWatch, isApplicationLive, removeWatch } from './watch-store'

/** What an application is told, ready to be sent. */
interface Notice {
  readonly url: string
  readonly body: string
}

interface NoticeMessage {
  readonly merchantId: Uuid
  readonly topic: string
  readonly payload: unknown
}

/** Writes what applications are told, from what the outbox keeps of it. */
export interface Notices {
  /** Undefined when nobody wants it any more: the application is revoked, or has stopped what it had started. */
  write(message: NoticeMessage): Promise<Notice | undefined>
  /** The application said that nobody is there any more. */
  stop(message: NoticeMessage): Promise<void>
}

const noticed = z.looseObject({ applicationId: z.uuid(), correlator: z.string(), endpoint: z.string() })

const receipt = noticed.extend({ smsId: z.uuid(), messageId: z.uuid(), status: z.enum(deliveryStatuses) })

const amount = z.string().regex(/^-?[0-9]{1,15}$/)
const change = noticed.extend({
  change: z.object({
    kind: z.enum(['charged', 'low-balance', 'refunded', 'topped-up'] satisfies WatchedChange['kind'][]),
    accountId: z.uuid(),
    amount,
    balance: amount,
    currency: z.string().refine(isCurrency),
    reference: z.string(),
    at: z.iso.datetime({ offset: true }),
  }),
})

const KINDS: Readonly<Record<WatchedChange['kind'], AccountChange>> = {
  charged: 'Charged',
  refunded: 'Refunded',
  'topped-up': 'Recharged',
  'low-balance': 'LowBalance',
}

interface Parts {
  readonly database: Database
  readonly vault: Pick<Vault, 'open'>
  unwatch(accountId: Uuid, watchId: Uuid): Promise<boolean>
}

export function createNotices({ database: { pool }, vault, unwatch }: Parts): Notices {
  async function writeReceipt({ merchantId, payload }: NoticeMessage): Promise<Notice | undefined> {
    const { applicationId, correlator, endpoint, messageId, status } = receipt.parse(payload)
    const address = await findAddress(pool, merchantId, messageId)
    if (!address || !(await isApplicationLive(pool, applicationId))) return undefined
    const number = vault.open({ kind: 'open-sms', ownerId: merchantId, id: messageId }, address)
    const { notifySmsDeliveryReceipt } = smsNotification.operations
    const said = { correlator, deliveryStatus: { address: `tel:${number}`, deliveryStatus: status } }
    const message = writeMessage('m', 'notifySmsDeliveryReceipt', notifySmsDeliveryReceipt.input, said)
    return { url: endpoint, body: writeEnvelope(smsNotification.localNamespace, message) }
  }

  async function writeChange({ payload }: NoticeMessage): Promise<Notice | undefined> {
    const { applicationId, correlator, endpoint, change: of } = change.parse(payload)
    const isWanted = (await findWatch(pool, applicationId, correlator)) !== undefined
    if (!isWanted || !(await isApplicationLive(pool, applicationId))) return undefined
    const { notifyAccountChange } = accountChangeNotification.operations
    const isMove = of.kind !== 'low-balance'
    const message = writeMessage('m', 'notifyAccountChange', notifyAccountChange.input, {
      correlator,
      change: {
        endUserIdentifier: `account:${publicId('acc', of.accountId)}`,
        kind: KINDS[of.kind],
        dateTime: new Date(of.at),
        currency: of.currency,
        ...(isMove && { amount: decimalOf(BigInt(of.amount), of.currency) }),
        balance: decimalOf(BigInt(of.balance), of.currency),
        ...(isMove && { referenceCode: of.reference }),
      },
    })
    return { url: endpoint, body: writeEnvelope(accountChangeNotification.localNamespace, message) }
  }

  return {
    write: (message) => (message.topic === 'sms-receipt' ? writeReceipt(message) : writeChange(message)),

    async stop({ payload }) {
      const { applicationId, correlator } = noticed.parse(payload)
      const watch = await removeWatch(pool, applicationId, correlator)
      if (watch?.accountId && watch.watchId) await unwatch(watch.accountId, watch.watchId)
    },
  }
}
