import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { shopName } from '@/app/_glue/names'
import { QrCode } from '@/components/ui/qr-code'
import { PageHeader } from '@/components/ui/page-header'
import { PrintButton } from '@/components/ui/print-button'
import { priceText } from '../../link-look'
import { requireLink } from '../../own-link'

interface Props {
  params: Promise<{ linkId: string }>
}

/** A sheet for the counter: name, price and code. */
export default async function PrintLinkPage({ params }: Props) {
  const { linkId } = await params
  const desk = await requireDesk('link.see', '/merchant/payment-links')
  const [link, t] = await Promise.all([requireLink(desk, linkId), getTranslations('selling')])
  const { merchant, locale } = desk
  return (
    <>
      <div className="print:hidden">
        <PageHeader
          title={t('link.printPage')}
          back={{ href: `/merchant/payment-links/${linkId}`, label: link.name }}
          actions={<PrintButton label={t('link.printPage')} />}
        />
      </div>
      <section className="mx-auto flex max-w-md flex-col items-center gap-4 rounded-xl bg-raised p-8 text-center ring-1 ring-line print:ring-0">
        <p className="text-ink-soft">{shopName(merchant, locale)}</p>
        <h2 className="text-3xl font-bold break-words text-ink">{link.name}</h2>
        <p className="figures text-2xl font-semibold text-ink">
          {priceText(link, locale, (bounds) => t('links.range', bounds))}
        </p>
        <QrCode text={link.url} label={t('link.qrLabel', { name: link.name })} className="w-full" />
        <p className="text-ink-soft">{t('link.scan')}</p>
      </section>
    </>
  )
}
