import { Printer } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireDesk } from '@/app/_glue/desk'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { QrCode } from '@/components/ui/qr-code'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { buttonLook } from '@/components/ui/button-look'
import { CopyButton } from '@/components/ui/copy-button'
import { Fact, Facts } from '@/components/ui/facts'
import { MoneyText } from '@/components/ui/money'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { publicId, readPublicId } from '@/lib/ids'
import { closeLink } from '../actions'
import { linkTones, priceText } from '../link-look'
import { requireLink } from '../own-link'

const HERE = '/merchant/payment-links'
const PAGE = 25
const saleTones = { open: 'info', sold: 'good', 'given-back': 'neutral' } as const

interface Props {
  params: Promise<{ linkId: string }>
  searchParams: Promise<{ before?: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('selling.links')
  return { title: t('title') }
}

/** One payment link: its address and code, how it sells, and the payments that came of it. */
export default async function PaymentLinkPage({ params, searchParams }: Props) {
  const [{ linkId }, { before: from }] = await Promise.all([params, searchParams])
  const desk = await requireDesk('link.see', `${HERE}/${linkId}`)
  const { gateway, merchant, locale } = desk
  const link = await requireLink(desk, linkId)
  const before = readPublicId('pay', from ?? '')
  const [t, shared, found, closeWords] = await Promise.all([
    getTranslations('selling'),
    getTranslations('shared'),
    gateway.paymentLinks.sales(merchant.id, link.id, { limit: PAGE + 1, ...(before && { before }) }),
    deedWords((await getTranslations('selling'))('link.close')),
  ])
  const sales = found.slice(0, PAGE)
  const last = found.length > PAGE ? sales.at(-1) : undefined
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            <span className="break-words">{link.name}</span>
            <Badge tone={linkTones[link.state]}>{t(`links.state.${link.state}`)}</Badge>
          </span>
        }
        {...(link.description && { description: link.description })}
        back={{ href: HERE, label: t('links.title') }}
        actions={
          <>
            <ButtonLink href={`${HERE}/${linkId}/print`}>
              <Printer aria-hidden />
              {t('link.printPage')}
            </ButtonLink>
            {desk.may('link.change') && link.state !== 'off' ? (
              <DeedDialog
                trigger={t('link.close')}
                title={t('link.closeTitle')}
                description={t('link.closeText')}
                words={closeWords}
                isDangerous
                deed={closeLink.bind(null, linkId)}
              />
            ) : null}
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[1fr_20rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Panel>
            <PanelHeader
              title={t('link.address')}
              description={t('link.addressText')}
              actions={<CopyButton text={link.url} label={shared('copy')} done={shared('copied')} />}
            />
            <p className="rounded-md bg-sunken p-3 font-mono text-xs break-all text-ink">{link.url}</p>
            <Facts className="mt-4">
              <Fact name={t('link.price')}>
                <span className="figures">{priceText(link, locale, (bounds) => t('links.range', bounds))}</span>
              </Fact>
              <Fact name={t('link.stock')}>{link.stock ?? t('link.anyNumber')}</Fact>
              <Fact name={t('link.taken')}>{link.taken}</Fact>
              <Fact name={t('link.until')}>
                {link.expiresAt ? formatDateTime(link.expiresAt, locale) : t('link.never')}
              </Fact>
              <Fact name={t('link.made')}>
                {link.createdBy.kind === 'person' ? link.createdBy.name : t('link.byKey')} ·{' '}
                {formatDateTime(link.createdAt, locale)}
              </Fact>
            </Facts>
          </Panel>
          <Panel>
            <PanelHeader title={t('link.sales')} />
            {sales.length === 0 ? (
              <p className="text-sm text-ink-faint">{t('link.noSales')}</p>
            ) : (
              <ul className="divide-y divide-line" aria-label={t('link.sales')}>
                {sales.map(({ paymentId, number, amount, state, openedAt }) => (
                  <li key={paymentId} className="flex items-center justify-between gap-4 py-3">
                    <span className="min-w-0">
                      <Link
                        href={`/merchant/payments/${publicId('pay', paymentId)}`}
                        className="block truncate text-sm font-medium text-ink hover:underline"
                      >
                        {t('link.number', { number })}
                      </Link>
                      <span className="figures block text-xs text-ink-faint">{formatDateTime(openedAt, locale)}</span>
                    </span>
                    <span className="flex flex-col items-end gap-1 text-sm font-semibold text-ink">
                      <MoneyText amount={amount} currency={link.currency} locale={locale} />
                      <Badge tone={saleTones[state]}>{t(`link.saleState.${state}`)}</Badge>
                    </span>
                  </li>
                ))}
              </ul>
            )}
            <Pager
              label={t('link.older')}
              {...(last && { nextHref: `${HERE}/${linkId}?before=${publicId('pay', last.paymentId)}` })}
            />
          </Panel>
        </div>
        <Panel>
          <PanelHeader title={t('link.qr')} />
          <QrCode text={link.url} label={t('link.qrLabel', { name: link.name })} className="w-full rounded-md" />
          <div className="mt-4 flex gap-2">
            {(['svg', 'png'] as const).map((as) => (
              <a key={as} href={`${HERE}/${linkId}/qr?as=${as}`} download className={buttonLook({ size: 'small' })}>
                {t(`link.${as}`)}
              </a>
            ))}
          </div>
        </Panel>
      </div>
    </>
  )
}
