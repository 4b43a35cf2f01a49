import { Trash2 } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { cardName, expiryText } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { isUuid } from '@/app/_glue/uuid'
import { CardEditor } from '@/components/account/card-editor'
import { CardFace } from '@/components/account/card-face'
import { CardLimit } from '@/components/account/card-limit'
import { ConfirmDeed } from '@/components/account/confirm-deed'
import { PublishedTermsView } from '@/components/account/published-terms'
import { formatDate, formatDateTime } from '@/components/i18n/format'
import { Button } from '@/components/ui/button'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { changeCard, removeCard } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.cards')
  return { title: t('title') }
}

interface Props {
  params: Promise<{ cardId: string }>
}

/** One card: how it stands, its terms and running promotions, and what of it may be changed (M-323). */
export default async function CardPage({ params }: Props) {
  const { cardId } = await params
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson(`/account/cards/${cardId}`),
    runningGateway(),
    getLocale(),
    getTranslations('account'),
    getMessages(),
  ])
  const card = isUuid(cardId) ? await gateway.cards.get(person.id, cardId) : undefined
  if (!card) notFound()
  const known = await gateway.cards.published(card)
  const name = cardName(card, locale)
  const termsText = !known
    ? t('card.termsNone')
    : t(known.isSilent ? 'card.termsSilent' : 'card.termsFrom', { time: formatDateTime(known.confirmedAt, locale) })
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-3">
            <CardFace issuer={card.issuer} lastFour={card.lastFour} />
            {name}
          </span>
        }
        back={{ href: '/account/cards', label: t('card.back') }}
        actions={
          <ConfirmDeed
            trigger={
              <Button>
                <Trash2 aria-hidden />
                {t('cards.delete')}
              </Button>
            }
            title={t('cards.deleteTitle', { name })}
            text={t('cards.deleteText')}
            words={{ confirm: t('cards.delete'), keep: messages.shared.cancel, close: messages.shared.close }}
            deed={removeCard.bind(null, cardId)}
          />
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Panel>
          <PanelHeader title={t('card.limits')} />
          <CardLimit standing={card.standing} setAside={card.setAside} locale={locale} words={messages.account.cards} />
          <Facts className="mt-4">
            <Fact name={t('card.number')}>
              <span className="figures">{card.masked}</span>
            </Fact>
            <Fact name={t('card.issuer')}>{card.issuerName[locale]}</Fact>
            <Fact name={t('card.brand')}>{messages.checkout.card.brand[card.brand]}</Fact>
            <Fact name={t('card.expiry')}>{expiryText(card.expiry)}</Fact>
            <Fact name={t('card.holder')}>{card.holderName}</Fact>
            <Fact name={t('card.addedAt')}>{formatDate(card.createdAt, locale)}</Fact>
          </Facts>
        </Panel>
        <Panel>
          <PanelHeader title={t('card.terms')} description={termsText} />
          {known ? <PublishedTermsView terms={known.terms} locale={locale} words={messages.account.card} /> : null}
        </Panel>
        <Panel className="lg:col-span-2">
          <PanelHeader title={t('card.edit')} />
          <CardEditor
            card={{
              nickname: card.nickname,
              expiry: expiryText(card.expiry),
              billing: card.billing,
              terms: card.terms,
            }}
            words={{
              account: messages.account,
              expiry: messages.checkout.card.expiry,
              expiryFault: messages.checkout.card.fault.expiry,
            }}
            locale={locale}
            change={changeCard.bind(null, cardId)}
          />
        </Panel>
      </div>
    </>
  )
}
