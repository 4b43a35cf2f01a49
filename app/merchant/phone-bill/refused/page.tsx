import type { Metadata } from 'next'
import { Download, FileCheck } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { centreReason, codeWords } from '@/app/_glue/code-words'
import { requireDesk } from '@/app/_glue/desk'
import { formatDateTime } from '@/components/i18n/format'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { MoneyText } from '@/components/ui/money'
import { Original } from '@/components/ui/original'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId, readPublicId } from '@/lib/ids'
import { isCurrency } from '@/lib/money/currency'
import type { RawQuery } from '../../_parts/list-query'
import { readMark, writeMark } from '../_parts/list-mark'
import { PhoneTabs } from '../_parts/phone-tabs'

const HERE = '/merchant/phone-bill/refused'
const PAGE = 25

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.phoneBill.refused')
  return { title: t('title') }
}

/** Purchases of the shop that a billing centre would not put on a bill, with its reason. */
export default async function RefusedPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { before } = await searchParams
  const desk = await requireDesk('portal.see', HERE)
  const { gateway, merchant, locale } = desk
  const mark = readMark(before)
  const paymentId = mark && readPublicId('pay', mark.name)
  const [t, words, codes, wordsOf, found] = await Promise.all([
    getTranslations('merchant.phoneBill.refused'),
    getTranslations('merchant.phoneBill'),
    getTranslations('codes'),
    codeWords(),
    gateway.billingFiles.refused({
      limit: PAGE + 1,
      merchantId: merchant.id,
      ...(mark && paymentId && { before: { at: mark.at, paymentId } }),
    }),
  ])
  const last = found.length > PAGE ? found[PAGE - 1] : undefined
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          found.length > 0 ? (
            <a href={`${HERE}/export`} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('export')}
            </a>
          ) : null
        }
      />
      <PhoneTabs current="refused" />
      {found.length === 0 ? (
        <EmptyState icon={FileCheck} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{words('order')}</TableHead>
              <TableHead>{words('line')}</TableHead>
              <TableHead>{t('reason')}</TableHead>
              <TableHead>{t('at')}</TableHead>
              <TableHead className="text-right">{words('amount')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, PAGE).map((charge) => (
              <TableRow key={charge.paymentId}>
                <TableCell className="max-w-64 min-w-36">
                  <Link
                    href={`/merchant/payments/${publicId('pay', charge.paymentId)}`}
                    className="block truncate font-medium hover:underline"
                  >
                    {charge.orderName}
                  </Link>
                  <span className="block truncate text-xs text-ink-faint">{charge.orderRef}</span>
                </TableCell>
                <TableCell className="figures whitespace-nowrap">{charge.masked}</TableCell>
                <TableCell className="min-w-56">
                  {centreReason(wordsOf, charge.reason)} {codes('operatorAsk')}
                  <Original label={codes('original')}>{charge.reason}</Original>
                </TableCell>
                <TableCell className="figures whitespace-nowrap text-ink-soft">
                  {formatDateTime(charge.changedAt, locale)}
                </TableCell>
                <FigureCell className="font-semibold">
                  {isCurrency(charge.currency) ? (
                    <MoneyText amount={charge.amount} currency={charge.currency} locale={locale} />
                  ) : (
                    charge.amount.toString()
                  )}
                </FigureCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
      <Pager
        label={t('older')}
        {...(last && {
          nextHref: `${HERE}?before=${writeMark({ at: last.changedAt, name: publicId('pay', last.paymentId) })}`,
        })}
      />
    </>
  )
}
