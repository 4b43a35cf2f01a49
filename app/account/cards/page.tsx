import { CreditCard, Plus, RefreshCw } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { runningGateway } from '@/app/_glue/gateway'
import { cardName, expiryText } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { WalletTabs } from '@/app/_glue/wallet-tabs'
import { CardFace } from '@/components/account/card-face'
import { CardLimit } from '@/components/account/card-limit'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit-button'
import { isExpired } from '@/lib/cards/card-number'
import { refreshCards } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.cards')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ done?: string }>
}

/** My Card List (M-323). */
export default async function CardsPage({ searchParams }: Props) {
  const { done } = await searchParams
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson('/account/cards'),
    runningGateway(),
    getLocale(),
    getTranslations('account.cards'),
    getMessages(),
  ])
  const cards = await gateway.cards.list(person.id)
  const now = gateway.clock.now()
  const add = (
    <ButtonLink href="/account/cards/new" kind="primary">
      <Plus aria-hidden />
      {t('add')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          cards.length > 0 ? (
            <>
              <form action={refreshCards}>
                <SubmitButton kind="secondary">
                  <RefreshCw aria-hidden />
                  {t('refresh')}
                </SubmitButton>
              </form>
              {add}
            </>
          ) : null
        }
      />
      <WalletTabs current="cards" />
      {done === 'added' || done === 'removed' ? (
        <Notice tone="good" className="mb-5" live>
          {t(done)}
        </Notice>
      ) : null}
      {cards.length === 0 ? (
        <EmptyState icon={CreditCard} title={t('empty')} action={add}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {cards.map((card) => (
            <li
              key={card.id}
              className="relative rounded-xl bg-raised p-5 ring-1 ring-line transition-colors focus-within:ring-2 focus-within:ring-accent hover:bg-hover"
            >
              <div className="mb-4 flex items-center gap-3">
                <CardFace issuer={card.issuer} lastFour={card.lastFour} />
                <div className="min-w-0 flex-1">
                  <Link
                    href={`/account/cards/${card.id}`}
                    className="block truncate font-semibold text-ink outline-none after:absolute after:inset-0"
                  >
                    {cardName(card, locale)}
                  </Link>
                  <p className="figures truncate text-xs text-ink-faint">
                    {card.issuerName[locale]} · {card.masked}
                  </p>
                </div>
                {isExpired(card.expiry, now) ? (
                  <Badge tone="bad">{t('expired')}</Badge>
                ) : (
                  <span className="figures text-xs text-ink-faint">
                    {t('expires', { expiry: expiryText(card.expiry) })}
                  </span>
                )}
              </div>
              <CardLimit
                standing={card.standing}
                setAside={card.setAside}
                locale={locale}
                words={messages.account.cards}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
