import { Coins } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { isUuid } from '@/app/_glue/uuid'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { deposit } from './actions'

const HERE = '/merchant/e-cash'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.eCash')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ before?: string }>
}

/** The shop's wallet: what it has taken in e-cash, and what it has deposited. */
export default async function ECashPage({ searchParams }: Props) {
  const desk = await requireDesk('portal.see', HERE)
  const { before } = await searchParams
  const { gateway, merchant, locale } = desk
  const [t, taken, deposits] = await Promise.all([
    getTranslations('merchant.eCash'),
    gateway.eCash.taken(merchant.id),
    gateway.eCash.deposits(merchant.id, { limit: PAGE, ...(before && isUuid(before) && { before }) }),
  ])
  const last = deposits.length === PAGE ? deposits.at(-1) : undefined
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <div className="flex flex-col gap-5">
        <Panel>
          <PanelHeader
            title={t('taken')}
            actions={
              taken.length > 0 && desk.may('e-cash.deposit') ? (
                <DeedDialog
                  trigger={t('deposit')}
                  triggerLook={{ kind: 'primary' }}
                  title={t('deposit')}
                  description={t('depositText')}
                  words={await deedWords(t('deposit'))}
                  deed={deposit}
                />
              ) : null
            }
          />
          <p className="figures text-3xl font-bold text-ink">
            {taken.length === 0
              ? t('nothing')
              : taken.map(({ amount, currency }) => formatMoney(amount, currency, locale)).join(' + ')}
          </p>
        </Panel>
        {deposits.length === 0 ? (
          <EmptyState icon={Coins} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        ) : (
          <Panel>
            <PanelHeader title={t('deposits')} />
            <Table aria-label={t('deposits')}>
              <thead>
                <tr>
                  <TableHead>{t('at')}</TableHead>
                  <TableHead>{t('by')}</TableHead>
                  <TableHead className="text-right">{t('amount')}</TableHead>
                </tr>
              </thead>
              <tbody>
                {deposits.map(({ id, at, by, amount, currency }) => (
                  <TableRow key={id}>
                    <TableCell>{formatDateTime(at, locale)}</TableCell>
                    <TableCell>{by.kind === 'job' ? t('byItself') : by.name}</TableCell>
                    <FigureCell>{formatMoney(amount, currency, locale)}</FigureCell>
                  </TableRow>
                ))}
              </tbody>
            </Table>
            <Pager label={t('more')} {...(last && { nextHref: `${HERE}?before=${last.id}` })} />
          </Panel>
        )}
      </div>
    </>
  )
}
