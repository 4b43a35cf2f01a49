import { getTranslations } from 'next-intl/server'
import { LinkTabs } from '@/components/ui/link-tabs'

const PLACES = [
  { id: 'wallet', href: '/account/wallet' },
  { id: 'cards', href: '/account/cards' },
  { id: 'addresses', href: '/account/addresses' },
] as const

/** The wallet's places in My Moa: everything in one list, the cards by themselves, and where to deliver to. */
export async function WalletTabs({ current }: { current: (typeof PLACES)[number]['id'] }) {
  const t = await getTranslations('account.walletTabs')
  return (
    <div className="print:hidden">
      <LinkTabs
        label={t('label')}
        tabs={PLACES.map(({ id, href }) => ({ href, label: t(id), current: id === current }))}
      />
    </div>
  )
}
