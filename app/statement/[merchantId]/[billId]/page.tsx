import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { EntranceFrame } from '@/app/_glue/entrance-frame'
import { runningGateway } from '@/app/_glue/gateway'
import { billBehind, paperOf } from '@/app/_glue/giro-statement'
import { PayTo } from '@/components/giro/pay-to'
import { buttonLook } from '@/components/ui/button-look'

interface Props {
  params: Promise<{ merchantId: string; billId: string }>
  searchParams: Promise<{ key?: string | string[] }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shared.giro')
  return { title: t('title'), robots: { index: false } }
}

/** What a payer was sent, as it stands now: what is left to pay, where and with which reference. */
export default async function StatementPage({ params, searchParams }: Props) {
  const [asked, { key }, gateway, locale, t] = await Promise.all([
    params,
    searchParams,
    runningGateway(),
    getLocale(),
    getTranslations('shared'),
  ])
  const bill = await billBehind(gateway, asked, key)
  if (!bill) notFound()
  const paper = await paperOf(gateway, bill, locale)
  const ended = bill.state === 'withdrawn' || bill.state === 'lapsed'
  return (
    <EntranceFrame title={paper.title} text={ended ? t('giro.ended') : paper.lead}>
      <PayTo paper={paper} words={{ copy: t('giro.copy'), copied: t('copied') }} reference={bill.reference} />
      <a
        className={`${buttonLook({ kind: 'primary' })} mt-6 self-start`}
        href={`/statement/${asked.merchantId}/${asked.billId}/pdf?key=${encodeURIComponent(String(key))}`}
      >
        {t('giro.pdf')}
      </a>
    </EntranceFrame>
  )
}
