import { getTranslations } from 'next-intl/server'
import { LinkTabs } from '@/components/ui/link-tabs'

const TABS = { lines: '', shops: '/shops', clients: '/clients' } as const

/** The places of phone bills in the operator's console. */
export async function PhoneTabs({ current }: { current: keyof typeof TABS }) {
  const t = await getTranslations('operator.phoneBill')
  const names = Object.keys(TABS) as (keyof typeof TABS)[]
  return (
    <LinkTabs
      label={t('title')}
      tabs={names.map((name) => ({
        href: `/operator/phone-bill${TABS[name]}`,
        label: t(`tab.${name}`),
        current: name === current,
      }))}
    />
  )
}
