import { Undo2 } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireDesk } from '@/app/_glue/desk'
import { ListSort, readOrder } from '@/app/_glue/list-sort'
import { listHref } from '@/app/operator/people/_parts/list-query'
import { formatDate, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { GiroReturnDialog } from '@/components/merchant/giro-return-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId, readPublicId } from '@/lib/ids'
import { deedWords } from '../../_parts/deed-words'
import type { RawQuery } from '../../_parts/list-query'
import { UnpaidTabs } from '../_parts/unpaid-tabs'
import { returnCredit } from '../actions'
import { orderCreditBack } from '../return-actions'

const HERE = '/merchant/unpaid/credits'
const PAGE = 25

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.unpaid.back')
  return { title: t('title') }
}

/** Money that came by giro and is its payer's: too much, twice, or for an order that had ended. */
export default async function CreditsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { before: asked, sort } = await searchParams
  const order = readOrder(sort)
  const desk = await requireDesk('unpaid.see', HERE)
  const { gateway, merchant, locale } = desk
  const before = typeof asked === 'string' ? readPublicId('gcr', asked) : undefined
  const [t, found] = await Promise.all([
    getTranslations('merchant.unpaid.back'),
    gateway.giro.credits(merchant.id, { list: 'owed', order, before, limit: PAGE + 1 }),
  ])
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  const [words, orderWords] = await Promise.all([deedWords(t('confirm')), deedWords(t('order'))])
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          shown.length > 0 ? (
            <ExportLink href={listHref(`${HERE}/export`, { sort: order })}>{t('export')}</ExportLink>
          ) : null
        }
      />
      <UnpaidTabs current="credits" />
      <div className="mb-3 flex justify-end">
        <ListSort order={order} hrefOf={(wish) => listHref(HERE, { sort: wish })} />
      </div>
      {shown.length === 0 ? (
        <EmptyState icon={Undo2} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('payer')}</TableHead>
              <TableHead>{t('why')}</TableHead>
              <TableHead>{t('on')}</TableHead>
              <TableHead className="text-right">{t('amount')}</TableHead>
              <TableHead />
            </tr>
          </thead>
          <tbody>
            {shown.map((credit) => {
              const amount = formatMoney(credit.owed, credit.amount.currency, locale)
              const id = publicId('gcr', credit.id)
              return (
                <TableRow key={id}>
                  <TableCell className="min-w-32">
                    <span className="block font-medium">{credit.payerName}</span>
                    <span className="figures block text-xs text-ink-faint">
                      •••• {credit.payerAccount} · {credit.bankRef}
                    </span>
                  </TableCell>
                  <TableCell>
                    {credit.paymentId ? (
                      <Link
                        className="hover:underline"
                        href={`/merchant/payments/${publicId('pay', credit.paymentId)}`}
                      >
                        {t(`finding.${credit.finding}`)}
                      </Link>
                    ) : (
                      t(`finding.${credit.finding}`)
                    )}
                  </TableCell>
                  <TableCell className="figures whitespace-nowrap text-ink-soft">
                    {formatDate(new Date(`${credit.bookedOn}T12:00:00Z`), locale)}
                  </TableCell>
                  <FigureCell className="font-semibold">{amount}</FigureCell>
                  <TableCell>
                    {desk.may('giro.return') ? (
                      <span className="flex flex-wrap justify-end gap-2">
                        <DeedDialog
                          trigger={t('order')}
                          triggerLook={{ size: 'small', kind: 'soft' }}
                          title={t('orderTitle', { amount })}
                          description={t('orderText', { payer: credit.payerName, account: credit.payerAccount })}
                          words={orderWords}
                          deed={orderCreditBack.bind(null, id)}
                        />
                        <GiroReturnDialog
                          id={id}
                          trigger={t('return')}
                          title={t('returnTitle', { amount })}
                          description={t('returnText', { payer: credit.payerName })}
                          named={t('named')}
                          words={words}
                          deed={returnCredit.bind(null, id)}
                        />
                      </span>
                    ) : null}
                  </TableCell>
                </TableRow>
              )
            })}
          </tbody>
        </Table>
      )}
      <Pager
        label={t(order === 'oldest' ? 'newer' : 'older')}
        {...(last && { nextHref: listHref(HERE, { sort: order, before: publicId('gcr', last.id) }) })}
      />
    </>
  )
}
