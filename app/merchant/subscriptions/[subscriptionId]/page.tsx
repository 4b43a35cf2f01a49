import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { requireDesk } from '@/app/_glue/desk'
import { planPrice, showDay, subscriptionTones } from '@/app/_glue/plan-words'
import { ChargeList, SubscriptionHistory } from '@/app/_glue/subscription-parts'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDate, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { readPublicId } from '@/lib/ids'
import { endSubscription, pauseSubscription, resumeSubscription } from '../actions'

const HERE = '/merchant/subscriptions'

interface Props {
  params: Promise<{ subscriptionId: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('selling.subscriptions')
  return { title: t('title') }
}

/** One subscription of the shop: what it charges, what happened, and what staff can do about it. */
export default async function SubscriptionPage({ params }: Props) {
  const { subscriptionId: id } = await params
  const desk = await requireDesk('subscription.see', `${HERE}/${id}`)
  const { gateway, merchant, locale } = desk
  const subscriptionId = readPublicId('sub', id)
  const subscription = subscriptionId && (await gateway.subscriptions.find({ merchantId: merchant.id }, subscriptionId))
  const plan = subscription && (await gateway.subscriptions.plans.find(merchant.id, subscription.planId))
  if (!subscription || !plan) notFound()
  const { state, shopperId, periodStart, periodEnd, endsOn, endReason, reference, adjustment, createdAt } = subscription
  const [t, shared, price, person, charges, events] = await Promise.all([
    getTranslations('selling'),
    getTranslations('shared'),
    planPrice(plan, locale),
    shopperId ? gateway.people.get(shopperId) : undefined,
    gateway.subscriptions.charges(subscription, 50),
    gateway.subscriptions.history(subscription, 100),
  ])
  const [endNow, endLater, pause, resume] = await Promise.all([
    deedWords(t('subscription.cancelNow')),
    deedWords(t('subscription.cancelLater')),
    deedWords(t('subscription.pause')),
    deedWords(t('subscription.resume')),
  ])
  const runs = state === 'active' || state === 'trialing'
  const day = (on: string) => showDay(on, locale)
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            <span className="break-words">{plan.name}</span>
            <Badge tone={subscriptionTones[state]}>{t(`state.${state}`)}</Badge>
          </span>
        }
        back={{ href: HERE, label: t('subscriptions.title') }}
        actions={
          desk.may('subscription.change') && state !== 'cancelled' ? (
            <>
              {runs && !endsOn && periodEnd ? (
                <>
                  <DeedDialog
                    trigger={t('subscription.pause')}
                    title={t('subscription.pauseTitle')}
                    description={t('subscription.pauseText')}
                    words={pause}
                    deed={pauseSubscription.bind(null, id)}
                  />
                  <DeedDialog
                    trigger={t('subscription.cancelLater')}
                    title={t('subscription.cancelLaterTitle', { on: day(periodEnd) })}
                    description={t('subscription.cancelLaterText')}
                    words={endLater}
                    isDangerous
                    deed={endSubscription.bind(null, id, 'period-end')}
                  />
                </>
              ) : null}
              {state === 'paused' ? (
                <DeedDialog
                  trigger={t('subscription.resume')}
                  title={t('subscription.resumeTitle')}
                  description={t('subscription.resumeText')}
                  words={resume}
                  deed={resumeSubscription.bind(null, id)}
                />
              ) : null}
              <DeedDialog
                trigger={t('subscription.cancelNow')}
                title={t('subscription.cancelNowTitle')}
                description={t('subscription.cancelNowText')}
                words={endNow}
                isDangerous
                deed={endSubscription.bind(null, id, 'now')}
              />
            </>
          ) : null
        }
      />
      <div className="flex flex-col gap-5">
        <Panel>
          <Facts>
            <Fact name={t('subscription.plan')}>
              <span className="figures">{price}</span>
            </Fact>
            {person ? <Fact name={t('subscription.who')}>{person.name}</Fact> : null}
            {reference ? <Fact name={t('subscription.reference')}>{reference}</Fact> : null}
            <Fact name={t('subscription.since')}>{formatDate(createdAt, locale)}</Fact>
            {periodStart && periodEnd ? (
              <Fact name={t('subscription.period')}>
                {t('subscription.periodOf', { from: day(periodStart), to: day(periodEnd) })}
              </Fact>
            ) : null}
            {runs && periodEnd && !endsOn ? <Fact name={t('subscription.next')}>{day(periodEnd)}</Fact> : null}
            {endsOn && state !== 'cancelled' ? (
              <Fact name={t('subscription.cancel')}>{t('subscription.endsOn', { on: day(endsOn) })}</Fact>
            ) : null}
            {state === 'cancelled' && endReason ? (
              <Fact name={t('subscription.cancel')}>{t(`endReason.${endReason}`)}</Fact>
            ) : null}
            {adjustment !== 0n && state !== 'cancelled' ? (
              <Fact name={t(adjustment < 0n ? 'subscription.credit' : 'subscription.owed')}>
                <span className="figures">
                  {formatMoney(adjustment < 0n ? -adjustment : adjustment, plan.currency, locale)}
                </span>
              </Fact>
            ) : null}
          </Facts>
          <p className="mt-3 flex flex-wrap items-center gap-2 text-xs text-ink-faint">
            <span className="font-mono break-all">{id}</span>
            <CopyButton text={id} label={shared('copy')} done={shared('copied')} />
          </p>
        </Panel>
        <ChargeList charges={charges} base="/merchant/payments" locale={locale} />
        <SubscriptionHistory events={events} currency={plan.currency} locale={locale} />
      </div>
    </>
  )
}
