import { getTranslations } from 'next-intl/server'
import { LinkTabs } from '@/components/ui/link-tabs'

const PLACES = [
  { id: 'accounts', href: '/account/accounts' },
  { id: 'eCash', href: '/account/e-cash' },
  { id: 'bankAccounts', href: '/account/bank-accounts' },
  { id: 'mandates', href: '/account/mandates' },
] as const

/** The places of stored and owed amounts in My Moa. */
export async function AccountTabs({ current }: { current: (typeof PLACES)[number]['id'] }) {
  const t = await getTranslations('account.accountTabs')
  return (
    <div className="print:hidden">
      <LinkTabs
        label={t('label')}
        tabs={PLACES.map(({ id, href }) => ({ href, label: t(id), current: id === current }))}
      />
    </div>
  )
}
