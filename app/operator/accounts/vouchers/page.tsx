import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import { requireSystem } from '@/app/_glue/system'
import { isUuid } from '@/app/_glue/uuid'
import { VoucherMaker } from '@/components/operator/voucher-maker'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { BatchTable } from './_parts/batch-table'
import { proposeVouchers } from './actions'

const HERE = '/operator/accounts/vouchers'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.vouchers')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ before?: string }>
}

/** Vouchers in batches: one operator proposes them, and a second one who agrees gets their codes, once. */
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
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        back={{ href: '/operator/accounts', label: accounts('title') }}
      />
      <div className="flex flex-col gap-5">
        {desk.may('system.change') ? (
          <Panel>
            <PanelHeader title={t('make')} description={t('makeText')} />
            <VoucherMaker locale={desk.locale} words={messages.operator.vouchers} propose={proposeVouchers} />
          </Panel>
        ) : null}
        <Panel>
          {batches.length === 0 ? (
            <p className="text-sm text-ink-faint">{t('empty')}</p>
          ) : (
            <BatchTable desk={desk} batches={batches} />
          )}
          <Pager label={t('more')} {...(last && { nextHref: `${HERE}?before=${last.id}` })} />
        </Panel>
      </div>
    </>
  )
}
