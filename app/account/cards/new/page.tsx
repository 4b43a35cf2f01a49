import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { NewCardForm } from '@/components/account/new-card-form'
import { PageHeader } from '@/components/ui/page-header'
import { addCard } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.newCard')
  return { title: t('title') }
}

/** Add a new card (M-324). */
export default async function NewCardPage() {
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson('/account/cards/new'),
    runningGateway(),
    getLocale(),
    getTranslations('account'),
    getMessages(),
  ])
  return (
    <>
      <PageHeader
        title={t('newCard.title')}
        description={t('newCard.text')}
        back={{ href: '/account/cards', label: t('cards.title') }}
      />
      <NewCardForm
        words={{ account: messages.account.newCard, card: messages.checkout.card }}
        locale={locale}
        offer={gateway.sealedInput.offer('card')}
        holderName={person.name}
        add={addCard}
      />
    </>
  )
}
