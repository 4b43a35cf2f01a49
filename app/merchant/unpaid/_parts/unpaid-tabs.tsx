import { getTranslations } from 'next-intl/server'
import { LinkTabs } from '@/components/ui/link-tabs'
import { HERE, unpaidAddress } from './unpaid-query'

/** What is waited for, what of it is late, and what came that has to go back. */
export async function UnpaidTabs({
  current,
  kept = {},
}: {
  current: 'all' | 'overdue' | 'credits' | 'returns'
  /** What else the list is asked for. */
  kept?: { search?: string | undefined; module?: string | undefined }
}) {
  const t = await getTranslations('merchant.unpaid')
  const hrefs = {
    all: unpaidAddress(HERE, kept),
    overdue: unpaidAddress(HERE, { ...kept, overdue: true }),
    credits: `${HERE}/credits`,
    returns: `${HERE}/returns`,
  }
  return (
    <LinkTabs
      label={t('title')}
      tabs={(['all', 'overdue', 'credits', 'returns'] as const).map((tab) => ({
        href: hrefs[tab],
        label: t(tab),
        current: tab === current,
      }))}
    />
  )
}
