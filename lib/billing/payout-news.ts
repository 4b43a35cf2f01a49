import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import { composePaidOutMail } from '../messages/compose'
import { composeSms } from '../messages/compose-sms'
import type { OutgoingMessage, PaidOutBy } from '../messages/message'
import type { Payment } from '../payments/payment'
import type { CreditByHand } from './credits'
import { type LineVault, reachOf } from './line-vault'

/** What a shopper is told when people have paid out what no bill could give back any more. */
export interface PayoutNews {
  compose(
    payment: Payment,
    credit: Pick<CreditByHand, 'lineId' | 'amount' | 'currency'>,
    payout: { readonly by: PaidOutBy; readonly named: string },
  ): Promise<OutgoingMessage[]>
}

interface Parts {
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal'>
  readonly lineVault: Pick<LineVault, 'open'>
  /** Where somebody asks who has not received it. */
  readonly contact: string
  shopName(merchantId: string): Promise<string>
}

export function createPayoutNews({ clock, vault, lineVault, contact, shopName }: Parts): PayoutNews {
  return {
    async compose(payment, { lineId, amount, currency }, { by, named }) {
      const { merchantId, locale, orderName } = payment
      const at = clock.now()
      const mail = composePaidOutMail(payment, { amount, by, named }, at)
      const line = await lineVault.open(lineId)
      const reach = line && reachOf(line)
      if (!reach) return mail
      const total = { amount, currency }
      const news = { topic: 'phone-paid-out', shop: await shopName(merchantId), orderName, total, by } as const
      return [...mail, composeSms(vault, { ...reach, merchantId, locale, at }, { ...news, objectAt: contact })]
    },
  }
}
