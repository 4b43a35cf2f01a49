import { getTranslations } from 'next-intl/server'
import { formatMoney } from '@/components/i18n/format'
import { FigureTile } from '@/components/merchant/figure-tile'
import type { PayoutOutlook } from '@/lib/settlement/payout-store'

/** What the shop has coming, for each currency: not in a payout yet, on its way, kept back. */
export async function OutlookTiles({ outlook, locale }: { outlook: readonly PayoutOutlook[]; locale: 'ko' | 'en' }) {
  const t = await getTranslations('settlement.outlook')
  return outlook.map(({ currency, gathering, carried, held, onTheWay, reserved }) => {
    const money = (amount: bigint) => formatMoney(amount, currency, locale)
    return (
      <section key={currency} aria-label={t('of', { currency })} className="mb-4 grid gap-3 sm:grid-cols-3 sm:gap-4">
        <FigureTile
          name={t('gathering')}
          value={money(gathering + carried)}
          beside={carried === 0n ? t('gatheringText') : t('carried', { amount: money(carried) })}
        />
        <FigureTile
          name={t('onTheWay')}
          value={money(onTheWay + held)}
          beside={held === 0n ? t('onTheWayText') : t('held', { amount: money(held) })}
        />
        <FigureTile name={t('reserved')} value={money(reserved)} beside={t('reservedText')} />
      </section>
    )
  })
}
