import { getTranslations } from 'next-intl/server'
import type { OpenCheckout } from '@/app/_glue/checkout'
import { latestLegs, legName } from '@/app/_glue/pay-progress'
import { Notice } from '@/components/ui/notice'
import type { WalletCard } from '@/lib/cards/wallet-card'

/** Which means did not pay, and why, in words; and that nothing was charged. */
export async function LastTry({ checkout, wallet }: { checkout: OpenCheckout; wallet: readonly WalletCard[] }) {
  const { gateway, payment, locale } = checkout
  const [t, reasons] = await Promise.all([getTranslations('checkout.declined'), getTranslations('shared.decline')])
  const lines = latestLegs(payment)
    .filter(({ state, reason }) => state === 'declined' || reason)
    .map((leg) => ({
      leg: leg.leg,
      name: legName(gateway, leg, wallet, locale),
      reason: reasons(leg.reason ?? 'declined'),
    }))
  return (
    <Notice tone="bad" title={t('last')}>
      {lines.length > 0 ? (
        <ul className="mt-1">
          {lines.map(({ leg, name, reason }) => (
            <li key={leg}>{t('which', { name, reason })}</li>
          ))}
        </ul>
      ) : payment.reason ? (
        <p className="mt-1">{reasons(payment.reason)}</p>
      ) : null}
      <p className="mt-1">
        {/* Where the shop's own record differs, trying again would end the same (M-208). */}
        {t('nothing')} {payment.reason === 'shop-mismatch' ? null : t('again2')}
      </p>
    </Notice>
  )
}
