import { getTranslations } from 'next-intl/server'
import { LinkTabs } from '@/components/ui/link-tabs'

const TABS = { terms: '', payouts: '/payouts', refused: '/refused' } as const

/** The places of the shop's phone bill. */
export async function PhoneTabs({ current }: { current: keyof typeof TABS }) {
  const t = await getTranslations('merchant.phoneBill')
  const names = Object.keys(TABS) as (keyof typeof TABS)[]
  return (
    <LinkTabs
      label={t('title')}
      tabs={names.map((name) => ({
        href: `/merchant/phone-bill${TABS[name]}`,
        label: t(`tab.${name}`),
        current: name === current,
      }))}
    />
  )
}
