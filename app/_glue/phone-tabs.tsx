import { getTranslations } from 'next-intl/server'
import { LinkTabs } from '@/components/ui/link-tabs'

const PLACES = [
  { id: 'lines', href: '/account/lines' },
  { id: 'bills', href: '/account/bills' },
] as const

/** The two places of the phone bill in My Moa. */
export async function PhoneTabs({ current }: { current: 'lines' | 'bills' }) {
  const t = await getTranslations('account.phoneTabs')
  return (
    <div className="print:hidden">
      <LinkTabs
        label={t('label')}
        tabs={PLACES.map(({ id, href }) => ({ href, label: t(id), current: id === current }))}
      />
    </div>
  )
}
