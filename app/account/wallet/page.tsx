import { MapPin, Plus, Wallet } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { wholeWallet } from '@/app/_glue/wallet'
import { WalletTabs } from '@/app/_glue/wallet-tabs'
import { WalletList } from '@/components/account/wallet-list'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { addressLines } from '@/lib/addresses/address'
import { moveMeans, preferMeans } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.wallet')
  return { title: t('title') }
}

const ADD = [
  { id: 'card', href: '/account/cards/new' },
  { id: 'line', href: '/account/lines/new' },
  { id: 'account', href: '/account/accounts/new' },
  { id: 'e-cash', href: '/account/e-cash' },
] as const

/** The wallet (M-132, M-133): everything to pay with in one list, in the shopper's order, and where to deliver to. */
export default async function WalletPage() {
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson('/account/wallet'),
    runningGateway(),
    getLocale(),
    getTranslations('account.wallet'),
    getMessages(),
  ])
  const [{ all, preferred }, addresses] = await Promise.all([
    wholeWallet({ gateway, person, locale }),
    gateway.addresses.list(person.id),
  ])
  const home = addresses.find(({ isDefault }) => isDefault)?.address
  const isNew = (kind: (typeof ADD)[number]['id']) => kind !== 'e-cash' || all.every((each) => each.kind !== 'e-cash')
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <WalletTabs current="wallet" />
      <div className="grid items-start gap-5 xl:grid-cols-[3fr_2fr]">
        {all.length === 0 ? (
          <EmptyState
            icon={Wallet}
            title={t('empty')}
            action={
              <ButtonLink href="/account/cards/new" kind="primary">
                {t('add.card')}
              </ButtonLink>
            }
          >
            {t('emptyText')}
          </EmptyState>
        ) : (
          <WalletList {...{ all, preferred }} words={messages.account.wallet} move={moveMeans} prefer={preferMeans} />
        )}
        <div className="flex flex-col gap-5">
          <Panel>
            <PanelHeader title={t('addTitle')} description={t('addText')} />
            <ul className="flex flex-wrap gap-2">
              {ADD.filter(({ id }) => isNew(id)).map(({ id, href }) => (
                <li key={id}>
                  <ButtonLink href={href} size="small">
                    <Plus aria-hidden />
                    {t(`add.${id}`)}
                  </ButtonLink>
                </li>
              ))}
            </ul>
          </Panel>
          <Panel>
            <PanelHeader title={t('addresses')} description={t('addressesText', { count: addresses.length })} />
            {home ? (
              <p className="mb-4 flex gap-2 text-sm text-ink-soft">
                <MapPin className="mt-0.5 size-4 shrink-0" aria-hidden />
                <span>
                  <span className="font-medium text-ink">{home.label ?? home.recipient}</span>
                  <br />
                  {addressLines(home).join(' ')}
                </span>
              </p>
            ) : null}
            <ButtonLink href={addresses.length > 0 ? '/account/addresses' : '/account/addresses/new'} size="small">
              {t(addresses.length > 0 ? 'toAddresses' : 'addAddress')}
            </ButtonLink>
          </Panel>
        </div>
      </div>
    </>
  )
}
