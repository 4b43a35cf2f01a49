import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { runningGateway } from '@/app/_glue/gateway'
import { shopName } from '@/app/_glue/names'
import { planPrice, showDay } from '@/app/_glue/plan-words'
import { requirePerson } from '@/app/_glue/session'
import { mandateOffer } from '@/app/_glue/mandate-offer'
import { standingChoices } from '@/app/_glue/standing-means'
import { isUuid } from '@/app/_glue/uuid'
import { formatMoney } from '@/components/i18n/format'
import { ButtonLink } from '@/components/ui/button-link'
import { Checkbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { Monogram } from '@/components/ui/monogram'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { uuidAt } from '@/lib/ids'
import { subscribe } from './actions'

interface Props {
  params: Promise<{ token: string }>
  searchParams: Promise<{ no?: string; id?: string; means?: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('selling.subscribe')
  return { title: t('title'), robots: { index: false } }
}

const REASONS = ['changed', 'over', 'terms-changed', 'means', 'consent', 'declined'] as const

/** What is agreed to, said before it is: amount, rhythm and first day, and the means that is charged. */
export default async function SubscribePage({ params, searchParams }: Props) {
  const [{ token }, { no, id, means: before }] = await Promise.all([params, searchParams])
  const [person, gateway, locale, t] = await Promise.all([
    requirePerson(`/subscribe/${encodeURIComponent(token)}`),
    runningGateway(),
    getLocale(),
    getTranslations('selling.subscribe'),
  ])
  const followed = await gateway.subscriptions.follow(token)
  const merchant = followed.kind === 'found' ? await gateway.merchants.get(followed.plan.merchantId) : undefined
  if (followed.kind === 'refused' || !merchant) {
    return (
      <main id="content" className="mx-auto flex w-full max-w-lg flex-1 flex-col justify-center gap-4 px-4 py-16">
        <h1 className="text-2xl font-bold text-ink">{t('title')}</h1>
        <Notice tone="warn">{t(`refused.${followed.kind === 'refused' ? followed.reason : 'changed'}`)}</Notice>
      </main>
    )
  }
  const { plan, preview } = followed
  const [price, choices] = await Promise.all([planPrice(plan, locale), standingChoices(gateway, person, plan, locale)])
  const reason = REASONS.find((known) => known === no)
  const shop = shopName(merchant, locale)
  const { firstOn, firstAmount, nextOn } = preview
  const amount = formatMoney(firstAmount, plan.currency, locale)
  const [first, next] = [showDay(firstOn, locale), showDay(nextOn, locale)]
  const byMandate = mandateOffer(gateway, { merchant, currency: plan.currency, locale })
    ? `/subscribe/${encodeURIComponent(token)}/mandate`
    : undefined
  const chosen = choices.find(({ value }) => value === before)?.value ?? choices[0]?.value
  return (
    <main id="content" className="mx-auto flex w-full max-w-lg flex-1 flex-col justify-center gap-6 px-4 py-12">
      <div className="flex items-center gap-3">
        <Monogram name={shop} />
        <p className="min-w-0 truncate text-ink-soft">{t('from', { shop })}</p>
      </div>
      <div>
        <h1 className="text-2xl font-bold break-words text-ink">{plan.name}</h1>
        {plan.description ? <p className="mt-2 whitespace-pre-line text-ink-soft">{plan.description}</p> : null}
        <p className="figures mt-4 text-2xl font-bold text-ink">{price}</p>
        <ul className="mt-3 flex flex-col gap-1 text-sm text-ink-soft">
          <li>
            {plan.trialDays > 0
              ? t('firstLater', { days: plan.trialDays, on: first, amount })
              : t('firstToday', { amount })}
          </li>
          <li>{t('then', { on: next, price })}</li>
          <li>{t('endText')}</li>
        </ul>
      </div>
      {reason ? (
        <Notice tone={reason === 'declined' ? 'bad' : 'warn'} live>
          {t(`refused.${reason}`)}
        </Notice>
      ) : null}
      {choices.length === 0 ? (
        <Notice
          tone="info"
          title={t('noMeans')}
          actions={
            <>
              <ButtonLink href="/account/cards/new">{t('addCard')}</ButtonLink>
              {byMandate ? <ButtonLink href={byMandate}>{t('addMandate')}</ButtonLink> : null}
            </>
          }
        >
          {t(byMandate ? 'noMeansOrMandateText' : 'noMeansText')}
        </Notice>
      ) : (
        <form action={subscribe.bind(null, token)} className="flex flex-col gap-5">
          <input type="hidden" name="id" value={id && isUuid(id) ? id : uuidAt(gateway.clock.now())} />
          <input type="hidden" name="firstOn" value={firstOn} />
          <input type="hidden" name="firstAmount" value={firstAmount.toString()} />
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-2 text-sm font-medium text-ink">{t('means')}</legend>
            {choices.map(({ value, name, detail }) => (
              <Choice
                key={value}
                name="means"
                value={value}
                defaultChecked={value === chosen}
                label={name}
                description={<span className="figures">{detail}</span>}
              />
            ))}
            {byMandate ? (
              <Link href={byMandate} className="self-start rounded py-1 text-sm text-accent underline">
                {t('addMandate')}
              </Link>
            ) : null}
          </fieldset>
          <Checkbox name="agreed" value="yes" required label={t('consent', { shop, price, on: first })} />
          <SubmitButton wide>{t('submit')}</SubmitButton>
        </form>
      )}
    </main>
  )
}
