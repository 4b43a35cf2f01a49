import 'server-only'
import { getLocale, getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { publicId } from '@/lib/ids'
import type { Uuid } from '@/lib/ids'
import type { Money } from '@/lib/money/money'
import type { TopUpTarget } from '@/lib/top-ups/store'
import { startCheckoutSession } from './checkout-session'
import { runningGateway } from './gateway'

/** Orders value for a wallet or an account, and leads to the checkout where it is paid. */
export async function goAndTopUp(
  shopperId: Uuid,
  target: { readonly kind: TopUpTarget; readonly id: Uuid },
  amount: Money,
): Promise<{ kind: 'refused'; message: string }> {
  const [gateway, locale] = await Promise.all([runningGateway(), getLocale()])
  const opened = await gateway.topUps.open({
    ...{ shopperId, target: target.kind, targetId: target.id, amount, locale },
    returnUrl: `${gateway.settings.WEB_URL.replace(/\/$/, '')}/account/topped-up`,
  })
  if (opened.kind === 'refused') {
    const t = await getTranslations('account.topUp')
    return { kind: 'refused', message: t(opened.reason === 'over-cap' ? 'overCap' : 'failed') }
  }
  const id = publicId('pay', opened.paymentId)
  await startCheckoutSession(gateway, id, opened)
  redirect(`/pay/${id}`)
}

/** Whoever typed an amount in a browser: whole minor units above zero, at most what a payment may have. */
export function isPayable(amount: unknown): amount is bigint {
  return typeof amount === 'bigint' && amount > 0n && amount <= 999_999_999_999n
}
