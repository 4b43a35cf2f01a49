import { CreditCard } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { shopName } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { VcardMaker } from '@/components/account/vcard-maker'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { createVcard, evaluateShares, findSplit } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.newVcard')
  return { title: t('title') }
}

/** Create a V-Card (M-327 … M-329). */
export default async function NewVcardPage() {
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson('/account/vcards/new'),
    runningGateway(),
    getLocale(),
    getTranslations('account'),
    getMessages(),
  ])
  const [merchants, cards] = await Promise.all([gateway.merchants.listTaking('vcard'), gateway.cards.list(person.id)])
  return (
    <>
      <PageHeader
        title={t('newVcard.title')}
        description={t('home.createText')}
        back={{ href: '/account/vcards', label: t('vcards.title') }}
      />
      {cards.length === 0 ? (
        <EmptyState
          icon={CreditCard}
          title={t('cards.empty')}
          action={
            <ButtonLink href="/account/cards/new" kind="primary">
              {t('cards.add')}
            </ButtonLink>
          }
        >
          {t('cards.emptyText')}
        </EmptyState>
      ) : (
        <VcardMaker
          merchants={merchants.map((merchant) => ({
            id: merchant.id,
            name: shopName(merchant, locale),
            currencies: merchant.currencies,
          }))}
          locale={locale}
          words={{ maker: messages.account.newVcard, split: messages.split }}
          actions={{ find: findSplit, evaluate: evaluateShares, create: createVcard }}
        />
      )}
    </>
  )
}
