import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { shopName } from '@/app/_glue/names'
import { knownVisitor } from '@/app/_glue/visitor'
import { OpenAmount } from '@/components/checkout/open-amount'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Monogram } from '@/components/ui/monogram'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { parseMinorUnits } from '@/lib/money/money'
import { buy } from './actions'

interface Props {
  params: Promise<{ token: string }>
  searchParams: Promise<{ no?: string; amount?: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('selling.buy')
  return { title: t('title'), robots: { index: false } }
}

const REASONS = ['changed', 'off', 'expired', 'sold-out', 'amount', 'too-many', 'not-payable'] as const
// Only the last few are worth a word; before that a number says nothing to a buyer.
const FEW = 10

/** What a payment link sells, and the way to its checkout. Looking sets nothing aside. */
export default async function LinkPage({ params, searchParams }: Props) {
  const [{ token }, { no, amount }] = await Promise.all([params, searchParams])
  const [gateway, locale, t] = await Promise.all([runningGateway(), getLocale(), getTranslations('selling.buy')])
  const followed = await gateway.paymentLinks.follow(token)
  const link = followed.kind === 'found' ? followed.link : undefined
  const shop = link && (await gateway.merchants.get(link.merchantId))
  if (!link || !shop) {
    return (
      <main id="content" className="mx-auto flex w-full max-w-lg flex-1 flex-col justify-center gap-4 px-4 py-16">
        <h1 className="text-2xl font-bold text-ink">{t('cannot')}</h1>
        <Notice tone="warn">{t('refused.changed')}</Notice>
      </main>
    )
  }
  const { price, currency, stock, taken, expiresAt } = link
  const visitor = link.state === 'sold-out' ? await knownVisitor(gateway) : undefined
  const isHeld = visitor !== undefined && (await gateway.paymentLinks.isHeldBy(link, visitor))
  const state = isHeld ? 'open' : link.state
  const told = REASONS.find((reason) => reason === no)
  const reason = state === 'open' ? told : state
  const left = stock === undefined ? undefined : stock - taken
  const money = (value: bigint) => formatMoney(value, currency, locale)
  const bounds = price.kind === 'open' ? t('between', { least: money(price.least), most: money(price.most) }) : ''
  const given = parseMinorUnits(amount ?? '')
  return (
    <main id="content" className="mx-auto flex w-full max-w-lg flex-1 flex-col justify-center gap-6 px-4 py-12">
      <div className="flex items-center gap-3">
        <Monogram name={shopName(shop, locale)} />
        <p className="min-w-0 truncate text-ink-soft">{t('from', { shop: shopName(shop, locale) })}</p>
      </div>
      <div>
        <h1 className="text-2xl font-bold break-words text-ink">{link.name}</h1>
        {link.description ? <p className="mt-2 whitespace-pre-line text-ink-soft">{link.description}</p> : null}
        {price.kind === 'fixed' ? (
          <p className="figures mt-4 text-3xl font-bold text-ink">{money(price.amount)}</p>
        ) : null}
        <p className="mt-2 text-sm text-ink-faint">
          {[
            state === 'open' && !isHeld && left !== undefined && left <= FEW
              ? left === 1
                ? t('leftLast')
                : t('left', { count: left })
              : '',
            expiresAt && state === 'open' ? t('until', { at: formatDateTime(expiresAt, locale) }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {reason && !(reason === 'amount' && price.kind === 'open') ? (
        <Notice tone="warn" title={t('cannot')} live>
          {t(`refused.${reason}`)}
        </Notice>
      ) : null}
      {state === 'open' ? (
        <form action={buy.bind(null, token)} className="flex flex-col gap-5">
          {price.kind === 'open' ? (
            <OpenAmount
              label={t('amount')}
              hint={bounds}
              currency={currency}
              locale={locale}
              {...(given !== undefined && { given })}
              {...(reason === 'amount' && { error: bounds })}
            />
          ) : null}
          <SubmitButton wide>{t('pay')}</SubmitButton>
        </form>
      ) : null}
    </main>
  )
}
