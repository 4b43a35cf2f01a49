import { FileDown, Landmark } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { bankReason, codeWords } from '@/app/_glue/code-words'
import { requireDesk } from '@/app/_glue/desk'
import { isUuid } from '@/app/_glue/uuid'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge, type Tone } from '@/components/ui/badge'
import { Coded } from '@/components/ui/coded'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { BatchState } from '@/lib/direct-debit/debit'
import { collectNow } from './actions'

const HERE = '/merchant/direct-debit'
const PAGE = 50

const TONES: Readonly<Record<BatchState, Tone>> = {
  ...{ claimed: 'neutral', written: 'neutral', sent: 'info', answered: 'good', rejected: 'bad' },
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('debit')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ before?: string }>
}

/** The files in which direct debits go to the bank, and how far each is. */
export default async function DirectDebitPage({ searchParams }: Props) {
  const desk = await requireDesk('portal.see', HERE)
  const { before } = await searchParams
  const { gateway, merchant, locale } = desk
  const [t, words, batches] = await Promise.all([
    getTranslations('debit'),
    codeWords(),
    gateway.debitBatches.list(merchant.id, { limit: PAGE, ...(before && isUuid(before) && { before }) }),
  ])
  const last = batches.length === PAGE ? batches.at(-1) : undefined
  const collect = desk.may('debit.collect') ? (
    <DeedDialog
      trigger={t('collectNow')}
      title={t('collectNow')}
      description={t('collectNowText')}
      words={await deedWords(t('collectNow'))}
      deed={collectNow}
    />
  ) : null
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={collect} />
      {batches.length === 0 ? (
        <EmptyState icon={Landmark} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <Panel>
          <Table aria-label={t('batches')}>
            <thead>
              <tr>
                <TableHead>{t('made')}</TableHead>
                <TableHead>{t('collectOn')}</TableHead>
                <TableHead>{t('stateLabel')}</TableHead>
                <TableHead className="text-right">{t('debits')}</TableHead>
                <TableHead className="text-right">{t('total')}</TableHead>
                <TableHead>{t('became')}</TableHead>
                <TableHead>{t('file')}</TableHead>
              </tr>
            </thead>
            <tbody>
              {batches.map(({ id, createdAt, collectOn, state, reason, debits, total, counts, sha256 }) => (
                <TableRow key={id}>
                  <TableCell className="whitespace-nowrap">
                    <Link href={`${HERE}/${id}`} className="font-medium text-accent-strong underline">
                      {formatDateTime(createdAt, locale)}
                    </Link>
                  </TableCell>
                  <TableCell className="figures whitespace-nowrap">{collectOn}</TableCell>
                  <TableCell>
                    <Badge tone={TONES[state]}>{t(`batch.${state}`)}</Badge>
                    {reason ? <Coded className="ml-2" words={bankReason(words, reason)} code={reason} /> : null}
                  </TableCell>
                  <FigureCell>{debits}</FigureCell>
                  <FigureCell>{formatMoney(total.amount, total.currency, locale)}</FigureCell>
                  <TableCell>
                    {Object.entries(counts)
                      .map(([each, many]) => `${t(`debit.${each as keyof typeof counts}`)} ${many}`)
                      .join(' · ')}
                  </TableCell>
                  <TableCell>
                    {sha256 ? (
                      <a
                        href={`${HERE}/${id}/file`}
                        className="inline-flex items-center gap-1 text-accent-strong underline"
                        aria-label={`${t('download')} ${formatDateTime(createdAt, locale)}`}
                      >
                        <FileDown className="size-4" aria-hidden />
                        pain.008
                      </a>
                    ) : (
                      '–'
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
          <Pager label={t('more')} {...(last && { nextHref: `${HERE}?before=${last.id}` })} />
        </Panel>
      )}
    </>
  )
}
