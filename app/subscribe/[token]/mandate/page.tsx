import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { mandateOffer } from '@/app/_glue/mandate-offer'
import { shopName } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { MandateForm } from '@/components/subscribe/mandate-form'
import { uuidAt } from '@/lib/ids'
import { giveMandate } from './actions'

interface Props {
  params: Promise<{ token: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('selling.subscribe.newMandate')
  return { title: t('title'), robots: { index: false } }
}

/** Agreeing that a shop collects from an account what is subscribed to there, before anything is ordered (M-118). */
export default async function MandatePage({ params }: Props) {
  const { token } = await params
  const subscribing = `/subscribe/${encodeURIComponent(token)}`
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson(`${subscribing}/mandate`),
    runningGateway(),
    getLocale(),
    getTranslations('selling.subscribe.newMandate'),
    getMessages(),
  ])
  const followed = await gateway.subscriptions.follow(token)
  const merchant = followed.kind === 'found' ? await gateway.merchants.get(followed.plan.merchantId) : undefined
  if (followed.kind === 'refused' || !merchant) notFound()
  const offer = mandateOffer(gateway, { merchant, currency: followed.plan.currency, locale })
  if (!offer) notFound()
  return (
    <main id="content" className="mx-auto flex w-full max-w-lg flex-1 flex-col justify-center gap-6 px-4 py-12">
      <div className="flex flex-col gap-2">
        <h1 className="text-2xl font-bold break-words text-ink">{t('title')}</h1>
        <p className="text-ink-soft">{t('text', { shop: shopName(merchant, locale) })}</p>
      </div>
      <MandateForm
        words={{ debit: messages.checkout.debit, ...messages.selling.subscribe.newMandate }}
        banks={offer.banks}
        consent={offer.consent}
        offer={gateway.sealedInput.offer('mandate')}
        holderName={person.name}
        give={giveMandate.bind(null, token, uuidAt(gateway.clock.now()))}
      />
      <Link href={subscribing} className="self-start rounded py-1 text-sm text-ink-soft underline">
        {t('back')}
      </Link>
    </main>
  )
}
