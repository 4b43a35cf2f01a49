import { getTranslations } from 'next-intl/server'
import type { OpenCheckout } from '@/app/_glue/checkout'
import { latestLegs, legName } from '@/app/_glue/pay-progress'
import { Notice } from '@/components/ui/notice'
import type { WalletCard } from '@/lib/cards/wallet-card'

/** Which cards of the V-Card declined before the others carried the whole, and why (P3.7). */
export async function TookOver({ checkout, wallet }: { checkout: OpenCheckout; wallet: readonly WalletCard[] }) {
  const { gateway, payment, locale } = checkout
  const [t, reasons] = await Promise.all([getTranslations('checkout'), getTranslations('shared.decline')])
  const vcardId = latestLegs(payment)[0]?.means['vcardId']
  const declined = payment.legs.filter(({ means, state }) => state === 'declined' && means['vcardId'] === vcardId)
  if (vcardId === undefined || declined.length === 0) return null
  return (
    <Notice title={t('paid.tookOver')}>
      <ul className="mt-1">
        {declined.map((leg) => (
          <li key={`${leg.attempt} ${leg.leg}`}>
            {t('declined.which', {
              name: legName(gateway, leg, wallet, locale),
              reason: reasons(leg.reason ?? 'declined'),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
