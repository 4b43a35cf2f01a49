import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { shopName } from '@/app/_glue/names'
import { planPrice, showDay, subscriptionTones } from '@/app/_glue/plan-words'
import { standingChoices, standingValue } from '@/app/_glue/standing-means'
import { ChargeList, SubscriptionHistory } from '@/app/_glue/subscription-parts'
import { ConfirmDeed } from '@/components/account/confirm-deed'
import { formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Fact, Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { publicId } from '@/lib/ids'
import { changeMeans, endNow, endWithPeriod, keepGoing, pause, resume } from '../actions'
import { requireOwnSubscription } from '../own-subscription'
import { PlanChoices } from './plan-choices'

interface Props {
  params: Promise<{ subscriptionId: string }>
  searchParams: Promise<{ done?: string; no?: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('selling.subscription')
  return { title: t('mine') }
}

const DONE = ['started', 'cancelled', 'ending', 'kept', 'paused', 'resumed', 'means', 'plan'] as const
const REFUSED = ['missing', 'wrong-state', 'busy', 'means', 'plan', 'needs-consent'] as const

/** One subscription: what it costs, when, by which means, and everything its shopper can do about it. */
export default async function SubscriptionPage({ params, searchParams }: Props) {
  const [{ subscriptionId: id }, { done, no }] = await Promise.all([params, searchParams])
  const { person, gateway, subscription, plan } = await requireOwnSubscription(id)
  const [locale, t, shared] = await Promise.all([getLocale(), getTranslations('selling'), getTranslations('shared')])
  const { state, periodStart, periodEnd, endsOn, means, adjustment, returnUrl, endReason } = subscription
  const [merchant, price, choices, charges, events] = await Promise.all([
    gateway.merchants.get(plan.merchantId),
    planPrice(plan, locale),
    standingChoices(gateway, person, plan, locale),
    gateway.subscriptions.charges(subscription, 24),
    gateway.subscriptions.history(subscription, 30),
  ])
  // What went well before is no news beside what is wrong now.
  const told = state === 'past-due' ? undefined : DONE.find((known) => known === done)
  const refused = REFUSED.find((known) => known === no)
  const isOver = state === 'cancelled'
  const runs = state === 'active' || state === 'trialing'
  const words = (confirm: string) => ({ confirm, keep: shared('cancel'), close: shared('close') })
  const current = standingValue(means)
  const charged = choices.find(({ value }) => value === current)
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
        {...(merchant && { description: shopName(merchant, locale) })}
        back={{ href: '/account/subscriptions', label: t('subscription.mine') }}
      />
      <div className="flex flex-col gap-5">
        {told ? (
          <Notice
            tone="good"
            live
            {...(told === 'started' &&
              returnUrl && {
                actions: (
                  <a href={returnUrl} className="font-medium underline">
                    {t('subscription.backToShop')}
                  </a>
                ),
              })}
          >
            {t(`subscription.done.${told}`)}
          </Notice>
        ) : null}
        {refused ? (
          <Notice tone="warn" live>
            {t(`subscription.refused.${refused}`)}
          </Notice>
        ) : null}
        {state === 'past-due' ? <Notice tone="bad">{t('subscription.pastDue')}</Notice> : null}
        {state === 'incomplete' ? (
          <Notice tone="info" title={t('subscribe.checkedTitle')}>
            {t('subscribe.checkedText')}
          </Notice>
        ) : null}
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Panel>
            <Facts>
              <Fact name={t('subscription.plan')}>
                <span className="figures">{price}</span>
              </Fact>
              {periodStart && periodEnd ? (
                <Fact name={t('subscription.period')}>
                  {t('subscription.periodOf', { from: day(periodStart), to: day(periodEnd) })}
                </Fact>
              ) : null}
              {runs && periodEnd && !endsOn ? <Fact name={t('subscription.next')}>{day(periodEnd)}</Fact> : null}
              {endsOn && !isOver ? (
                <Fact name={t('subscription.cancel')}>{t('subscription.endsOn', { on: day(endsOn) })}</Fact>
              ) : null}
              {isOver && endReason ? <Fact name={t('subscription.cancel')}>{t(`endReason.${endReason}`)}</Fact> : null}
              {adjustment !== 0n && !isOver ? (
                <Fact name={t(adjustment < 0n ? 'subscription.credit' : 'subscription.owed')}>
                  <span className="figures">
                    {formatMoney(adjustment < 0n ? -adjustment : adjustment, plan.currency, locale)}
                  </span>
                </Fact>
              ) : null}
              {charged ? (
                <Fact name={t('subscription.means')}>
                  {charged.name} <span className="figures block text-xs text-ink-faint">{charged.detail}</span>
                </Fact>
              ) : null}
            </Facts>
            {isOver || state === 'offered' ? null : (
              <div className="mt-5 flex flex-wrap gap-2">
                {endsOn ? (
                  <form action={keepGoing.bind(null, id)}>
                    <SubmitButton>{t('subscription.keep')}</SubmitButton>
                  </form>
                ) : null}
                {state === 'paused' ? (
                  <ConfirmDeed
                    trigger={<Button kind="primary">{t('subscription.resume')}</Button>}
                    title={t('subscription.resumeTitle')}
                    text={t('subscription.resumeText')}
                    words={words(t('subscription.resume'))}
                    deed={resume.bind(null, id)}
                  />
                ) : null}
                {runs && !endsOn && periodEnd ? (
                  <>
                    <ConfirmDeed
                      trigger={<Button>{t('subscription.cancelLater')}</Button>}
                      title={t('subscription.cancelLaterTitle', { on: day(periodEnd) })}
                      text={t('subscription.cancelLaterText')}
                      words={words(t('subscription.cancelLater'))}
                      deed={endWithPeriod.bind(null, id)}
                    />
                    <ConfirmDeed
                      trigger={<Button>{t('subscription.pause')}</Button>}
                      title={t('subscription.pauseTitle')}
                      text={t('subscription.pauseText')}
                      words={words(t('subscription.pause'))}
                      deed={pause.bind(null, id)}
                    />
                  </>
                ) : null}
                <ConfirmDeed
                  trigger={<Button kind="quiet">{t('subscription.cancelNow')}</Button>}
                  title={t('subscription.cancelNowTitle')}
                  text={t('subscription.cancelNowText')}
                  words={words(t('subscription.cancelNow'))}
                  deed={endNow.bind(null, id)}
                />
              </div>
            )}
          </Panel>
          {isOver || choices.length === 0 ? null : (
            <Panel>
              <PanelHeader title={t('subscription.changeMeans')} />
              <form action={changeMeans.bind(null, id)} className="flex flex-col gap-4">
                <fieldset className="flex flex-col gap-2">
                  <legend className="sr-only">{t('subscription.means')}</legend>
                  {choices.map(({ value, name, detail }) => (
                    <Choice
                      key={value}
                      name="means"
                      value={value}
                      defaultChecked={value === current}
                      label={name}
                      description={<span className="figures">{detail}</span>}
                    />
                  ))}
                </fieldset>
                <SubmitButton kind="secondary" className="self-start">
                  {t('subscription.changeMeans')}
                </SubmitButton>
              </form>
            </Panel>
          )}
        </div>
        {runs ? <PlanChoices {...{ gateway, person, subscription, plan, locale }} id={id} /> : null}
        <ChargeList charges={charges} base="/account/purchases" locale={locale} />
        <SubscriptionHistory events={events} currency={plan.currency} locale={locale} />
        <p className="text-xs text-ink-faint">{publicId('sub', subscription.id)}</p>
      </div>
    </>
  )
}
