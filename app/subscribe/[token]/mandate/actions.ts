'use server'

import { getLocale } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { mandateOffer } from '@/app/_glue/mandate-offer'
import { shopName } from '@/app/_glue/names'
import { openSealed } from '@/app/_glue/sealed-input'
import { requirePerson } from '@/app/_glue/session'
import { isUuid } from '@/app/_glue/uuid'
import type { MandateAnswer } from '@/components/subscribe/mandate-form'
import { typedAccount } from '@/lib/direct-debit/typed-account'

/**
 * Gives the shop of a subscription a mandate for an account, which comes encrypted (M-118, M-226). Nothing is collected by it until
 * somebody subscribes with it.
 * @param id drawn by the page: sent twice, it is one mandate
 */
export async function giveMandate(token: string, id: string, message: string): Promise<MandateAnswer> {
  const subscribing = `/subscribe/${encodeURIComponent(token)}`
  const [person, gateway, locale] = await Promise.all([
    requirePerson(`${subscribing}/mandate`),
    runningGateway(),
    getLocale(),
  ])
  const followed = await gateway.subscriptions.follow(String(token))
  const merchant = followed.kind === 'found' ? await gateway.merchants.get(followed.plan.merchantId) : undefined
  if (followed.kind === 'refused' || !merchant || merchant.suspendedAt) return { kind: 'refused', fault: 'over' }
  const { currency } = followed.plan
  const offer = mandateOffer(gateway, { merchant, currency, locale })
  const bank = gateway.mandates.collecting(currency)
  if (!offer || !bank || !isUuid(String(id))) return { kind: 'refused', fault: 'over' }
  const opened = await openSealed(gateway, String(message), { tid: 'mandate' })
  if (!opened) return { kind: 'refused', fault: 'sealed' }
  const typed = typedAccount.safeParse(opened)
  if (!typed.success || !offer.banks.some(({ code }) => code === typed.data.bank)) {
    return { kind: 'refused', fault: 'account' }
  }
  const { account: number, ...rest } = typed.data
  const mandate = await gateway.mandates.agree(
    {
      ...{ ...rest, number, id, merchantId: merchant.id, shopperId: person.id, kind: 'recurring', locale },
      shop: shopName(merchant, locale),
    },
    bank,
  )
  return { kind: 'done', to: `${subscribing}?${new URLSearchParams({ means: `mandate:${mandate.id}` })}` }
}
