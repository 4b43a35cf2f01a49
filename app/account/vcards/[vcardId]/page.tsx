import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { cardName } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { isUuid } from '@/app/_glue/uuid'
import { isMoving, vcardExpiry, vcardLook } from '@/app/_glue/vcard-look'
import { ConfirmDeed } from '@/components/account/confirm-deed'
import { VcardFace } from '@/components/account/vcard-face'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { ReloadWhile } from '@/components/ui/reload-while'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { SeriesDot, StackedBar } from '@/components/ui/stacked-bar'
import { publicId } from '@/lib/ids'
import { cancelVcard, revealVcard } from '../actions'
import { VcardTimeline } from './_parts/vcard-timeline'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.vcards')
  return { title: t('title') }
}

interface Props {
  params: Promise<{ vcardId: string }>
  searchParams: Promise<{ done?: string }>
}

/** One V-Card (M-329): its number, how long it is good, the cards behind it, and the way to end it. */
export default async function VcardPage({ params, searchParams }: Props) {
  const [{ vcardId }, { done }] = await Promise.all([params, searchParams])
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson(`/account/vcards/${vcardId}`),
    runningGateway(),
    getLocale(),
    getTranslations('account'),
    getMessages(),
  ])
  const vcard = isUuid(vcardId) ? await gateway.vcards.get(person.id, vcardId) : undefined
  if (!vcard) notFound()
  const payment = vcard.paymentId && (await gateway.payments.findOfShopper(person.id, vcard.paymentId))
  const money = (amount: bigint) => formatMoney(amount, vcard.amount.currency, locale)
  const isLive = vcard.state === 'live'
  const look = vcardLook(vcard)
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            <span className="figures">{money(vcard.amount.amount)}</span>
            <Badge tone={look.tone}>{t(`vcards.state.${look.key}`)}</Badge>
          </span>
        }
        description={`${t('vcards.at', { merchant: vcard.shopName[locale] })} · ${t('vcard.expiresAt', { time: formatDateTime(vcard.expiresAt, locale) })} (${messages.shared.timeZone})`}
        back={{ href: '/account/vcards', label: t('vcard.back') }}
        actions={
          isLive ? (
            <ConfirmDeed
              trigger={<Button>{t('vcard.cancel')}</Button>}
              title={t('vcard.cancelTitle')}
              text={t('vcard.cancelText')}
              words={{ confirm: t('vcard.cancel'), keep: t('vcard.keep'), close: messages.shared.close }}
              deed={cancelVcard.bind(null, vcardId)}
            />
          ) : vcard.paymentId ? (
            <ButtonLink href={`/account/purchases/${publicId('pay', vcard.paymentId)}`}>
              {t('vcard.purchase')}
            </ButtonLink>
          ) : null
        }
      />
      {done === 'cancelled' || done === 'notCancelled' ? (
        <Notice tone={done === 'cancelled' ? 'good' : 'warn'} className="mb-5" live>
          {t(`vcard.${done}`)}
        </Notice>
      ) : null}
      {vcard.use === 'voiding' ? (
        <Notice tone="warn" className="mb-5" live>
          {t('vcard.voiding')}
        </Notice>
      ) : null}
      {isMoving(vcard) ? <ReloadWhile /> : null}
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <VcardFace
          masked={vcard.masked}
          use={t('vcard.useAt', { merchant: vcard.shopName[locale], amount: money(vcard.amount.amount) })}
          expiry={vcardExpiry(vcard.expiresAt, gateway.settings.TIME_ZONE)}
          expiresAt={vcard.expiresAt}
          now={gateway.clock.now()}
          isLive={isLive}
          reveal={revealVcard.bind(null, vcardId)}
          words={messages.account.vcard}
        />
        <Panel>
          <PanelHeader title={t('vcard.shares')} description={vcard.mayRetry ? t('vcard.retry') : t('vcard.noRetry')} />
          <StackedBar
            className="h-5"
            label={vcard.shares.map((share) => `${cardName(share, locale)} ${money(share.amount)}`).join(', ')}
            parts={vcard.shares.map((share) => ({
              id: share.cardId,
              label: cardName(share, locale),
              value: Number(share.amount),
            }))}
          />
          <ul className="mt-3 divide-y divide-line">
            {vcard.shares.map((share, index) => (
              <li key={share.cardId} className="flex items-center justify-between gap-4 py-2.5 text-sm">
                <span className="flex min-w-0 items-center gap-2">
                  <SeriesDot index={index} />
                  <span className="min-w-0">
                    <span className="block truncate font-medium text-ink">{cardName(share, locale)}</span>
                    <span className="figures block text-xs text-ink-faint">{share.masked}</span>
                  </span>
                </span>
                <span className="figures font-semibold text-ink">{money(share.amount)}</span>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel>
          <PanelHeader title={t('vcard.timeline')} />
          <VcardTimeline vcard={vcard} paidAt={payment ? payment.finishedAt : undefined} locale={locale} />
        </Panel>
      </div>
    </>
  )
}
