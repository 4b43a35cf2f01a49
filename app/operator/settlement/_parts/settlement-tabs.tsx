import { getTranslations } from 'next-intl/server'
import { LinkTabs } from '@/components/ui/link-tabs'

const TABS = {
  differences: '/operator/settlement',
  statements: '/operator/settlement/statements',
  terms: '/operator/settlement/terms',
} as const

/** The pages about the money of all shops. */
export async function SettlementTabs({ current }: { current: keyof typeof TABS }) {
  const t = await getTranslations('settlement.operator')
  return (
    <LinkTabs
      label={t('title')}
      tabs={(['differences', 'statements', 'terms'] as const).map((one) => ({
        href: TABS[one],
        label: t(`tab.${one}`),
        current: one === current,
      }))}
    />
  )
}
