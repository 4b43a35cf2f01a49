import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { shopName } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { GrantMaker } from '@/components/account/grant-maker'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { giveGrant } from './actions'
import { GrantList } from './grant-list'
import { GrantTrail } from './grant-trail'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.grants')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ done?: string }>
}

/** What shops' own agents may do with the shopper's cards, and what they did. */
export default async function GrantsPage({ searchParams }: Props) {
  const { done } = await searchParams
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson('/account/vcards/shops'),
    runningGateway(),
    getLocale(),
    getTranslations('account'),
    getMessages(),
  ])
  const [merchants, grants] = await Promise.all([gateway.merchants.listTaking('vcard'), gateway.grants.list(person.id)])
  return (
    <>
      <PageHeader
        title={t('grants.title')}
        description={t('grants.text')}
        back={{ href: '/account/vcards', label: t('vcards.title') }}
      />
      {done === 'revoked' || done === 'notRevoked' ? (
        <Notice tone={done === 'revoked' ? 'good' : 'warn'} className="mb-5" live>
          {t(`grants.${done}`)}
        </Notice>
      ) : null}
      <div className="grid items-start gap-5 xl:grid-cols-[2fr_3fr]">
        <Panel>
          <PanelHeader title={t('grants.give')} />
          <GrantMaker
            merchants={merchants.map((merchant) => ({
              id: merchant.id,
              name: shopName(merchant, locale),
              currencies: merchant.currencies,
            }))}
            locale={locale}
            words={messages.account.grants}
            give={giveGrant}
          />
        </Panel>
        <div className="flex min-w-0 flex-col gap-5">
          <Panel>
            <PanelHeader title={t('grants.list')} />
            <GrantList grants={grants} />
          </Panel>
          <GrantTrail shopperId={person.id} />
        </div>
      </div>
    </>
  )
}
