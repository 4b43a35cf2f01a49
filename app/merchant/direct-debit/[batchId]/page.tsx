import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { bankReason, codeWords } from '@/app/_glue/code-words'
import { requireDesk } from '@/app/_glue/desk'
import { isUuid } from '@/app/_glue/uuid'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Coded } from '@/components/ui/coded'
import { Original } from '@/components/ui/original'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'

const HERE = '/merchant/direct-debit'
const PAGE = 100

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('debit')
  return { title: t('one') }
}

interface Props {
  params: Promise<{ batchId: string }>
  searchParams: Promise<{ after?: string }>
}

/** The debits of one file with what became of each, and what the bank has said of the file. */
export default async function BatchPage({ params, searchParams }: Props) {
  const desk = await requireDesk('portal.see', HERE)
  const [{ batchId }, { after = '0' }] = await Promise.all([params, searchParams])
  const { gateway, merchant, locale } = desk
  const batch = isUuid(batchId) ? await gateway.debitBatches.find(merchant.id, batchId) : undefined
  if (!batch) notFound()
  const from = /^[0-9]{1,6}$/.test(after) ? Number(after) : 0
  const [t, codes, words, lines, reports] = await Promise.all([
    getTranslations('debit'),
    getTranslations('codes'),
    codeWords(),
    gateway.debitBatches.lines(merchant.id, batch.id, { after: from, limit: PAGE }),
    gateway.debitBatches.reports(merchant.id, batch.id),
  ])
  const last = lines.length === PAGE ? lines.at(-1) : undefined
  const summary = `${batch.collectOn} · ${t(`batch.${batch.state}`)} · ${formatMoney(batch.total.amount, batch.total.currency, locale)}`
  return (
    <>
      <PageHeader title={t('one')} description={summary} back={{ href: HERE, label: t('title') }} />
      <div className="flex flex-col gap-5">
        <Panel>
          <PanelHeader title={t('lines')} />
          <Table aria-label={t('lines')}>
            <thead>
              <tr>
                <TableHead className="text-right">{t('line')}</TableHead>
                <TableHead>{t('order')}</TableHead>
                <TableHead>{t('stateLabel')}</TableHead>
                <TableHead className="text-right">{t('amount')}</TableHead>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ line, amount, tries, debit }) => (
                <TableRow key={line}>
                  <FigureCell>{line}</FigureCell>
                  <TableCell>
                    <Link
                      href={`/merchant/payments/${publicId('pay', debit.paymentId)}`}
                      className="text-accent-strong underline"
                    >
                      {debit.orderName}
                    </Link>
                  </TableCell>
                  <TableCell>
                    <Badge>{t(`debit.${debit.state}`)}</Badge>
                    {debit.reason ? (
                      <Coded className="ml-2" words={bankReason(words, debit.reason)} code={debit.reason} />
                    ) : null}
                    {tries < debit.tries ? <span className="ml-2 text-ink-faint">{t('triedAgain')}</span> : null}
                  </TableCell>
                  <FigureCell>{formatMoney(amount, batch.total.currency, locale)}</FigureCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
          <Pager label={t('more')} {...(last && { nextHref: `${HERE}/${batch.id}?after=${last.line}` })} />
        </Panel>
        <Panel>
          <PanelHeader title={t('reports')} />
          {reports.length === 0 ? (
            <p className="text-sm text-ink-faint">{t('noReports')}</p>
          ) : (
            <ul className="flex flex-col gap-3 text-sm">
              {reports.map(({ name, at, state, lines: many, faults }) => (
                <li key={name}>
                  <p className="break-all text-ink">
                    {name} · {formatDateTime(at, locale)} · {t(`report.${state}`, { lines: many })}
                  </p>
                  {faults.map(({ reference, fault }) => (
                    <div key={`${reference ?? ''} ${fault}`} className="text-warn">
                      <p>{codes(state === 'refused' ? 'file.reportWhole' : 'file.report')}</p>
                      <Original label={codes('original')}>
                        {reference ? `${reference}: ` : ''}
                        {fault}
                      </Original>
                    </div>
                  ))}
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </>
  )
}
