import { getTranslations } from 'next-intl/server'
import { LinkTabs } from '@/components/ui/link-tabs'

/** Between subscribers and plans. */
export async function SubscriptionTabs({ current }: { current: 'subscribers' | 'plans' }) {
  const t = await getTranslations('selling')
  return (
    <LinkTabs
      label={t('subscriptions.tabs')}
      tabs={[
        {
          href: '/merchant/subscriptions',
          label: t('subscriptions.subscribers'),
          current: current === 'subscribers',
        },
        { href: '/merchant/subscriptions/plans', label: t('plans.title'), current: current === 'plans' },
      ]}
    />
  )
}
