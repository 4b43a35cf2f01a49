import { getTranslations } from 'next-intl/server'
import { LinkTabs } from '@/components/ui/link-tabs'

/** The pages about the shop's money: what is paid out, and what the months brought. */
export async function PayoutTabs({ current }: { current: 'payouts' | 'months' }) {
  const t = await getTranslations('settlement')
  const tabs = { payouts: '/merchant/payouts', months: '/merchant/payouts/months' } as const
  return (
    <LinkTabs
      label={t('title')}
      tabs={(['payouts', 'months'] as const).map((one) => ({
        href: tabs[one],
        label: t(`tab.${one}`),
        current: one === current,
      }))}
    />
  )
}
