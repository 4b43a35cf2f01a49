import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import { requireSystem } from '@/app/_glue/system'
import { isUuid } from '@/app/_glue/uuid'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDate, formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { VoucherMaker } from '@/components/operator/voucher-maker'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { makeVouchers, withdrawVouchers } from './actions'

const HERE = '/operator/accounts/vouchers'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.vouchers')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ before?: string }>
}

/** Vouchers in batches: their codes can be had once, when they are made. */
export default async function VouchersPage({ searchParams }: Props) {
  const desk = await requireSystem('system.see', HERE)
  const { before } = await searchParams
  const [t, accounts, messages, batches] = await Promise.all([
    getTranslations('operator.vouchers'),
    getTranslations('operator.accounts'),
    getMessages(),
    desk.gateway.accounts.voucherBatches({ limit: PAGE, ...(before && isUuid(before) && { before }) }),
  ])
  const last = batches.length === PAGE ? batches.at(-1) : undefined
  const mayChange = desk.may('system.change')
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        back={{ href: '/operator/accounts', label: accounts('title') }}
      />
      <div className="flex flex-col gap-5">
        {mayChange ? (
          <Panel>
            <PanelHeader title={t('make')} description={t('makeText')} />
            <VoucherMaker locale={desk.locale} words={messages.operator.vouchers} make={makeVouchers} />
          </Panel>
        ) : null}
        <Panel>
          {batches.length === 0 ? (
            <p className="text-sm text-ink-faint">{t('empty')}</p>
          ) : (
            <Table aria-label={t('title')}>
              <thead>
                <tr>
                  <TableHead>{t('madeAt')}</TableHead>
                  <TableHead>{t('note')}</TableHead>
                  <TableHead className="text-right">{t('value')}</TableHead>
                  <TableHead className="text-right">{t('redeemed')}</TableHead>
                  <TableHead>{t('expiresAt')}</TableHead>
                  <TableHead>
                    <span className="sr-only">{t('withdraw')}</span>
                  </TableHead>
                </tr>
              </thead>
              <tbody>
                {await Promise.all(
                  batches.map(async (batch) => (
                    <TableRow key={batch.id}>
                      <TableCell className="whitespace-nowrap">
                        {formatDateTime(batch.createdAt, desk.locale)}
                      </TableCell>
                      <TableCell>{batch.note}</TableCell>
                      <FigureCell>{formatMoney(batch.value.amount, batch.value.currency, desk.locale)}</FigureCell>
                      <FigureCell>{t('ofCount', { redeemed: batch.redeemed, count: batch.count })}</FigureCell>
                      <TableCell className="whitespace-nowrap">{formatDate(batch.expiresAt, desk.locale)}</TableCell>
                      <TableCell className="text-right">
                        {batch.withdrawnAt ? (
                          t('withdrawn')
                        ) : mayChange ? (
                          <DeedDialog
                            trigger={t('withdraw')}
                            triggerLook={{ size: 'small' }}
                            title={t('withdraw')}
                            description={t('withdrawText')}
                            words={await deedWords(t('withdraw'))}
                            isDangerous
                            deed={withdrawVouchers.bind(null, batch.id)}
                          />
                        ) : null}
                      </TableCell>
                    </TableRow>
                  )),
                )}
              </tbody>
            </Table>
          )}
          <Pager label={t('more')} {...(last && { nextHref: `${HERE}?before=${last.id}` })} />
        </Panel>
      </div>
    </>
  )
}
