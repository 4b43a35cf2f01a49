import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { onePage } from '@/app/operator/_parts/one-page'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { MoneyText } from '@/components/ui/money'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { giveBack } from '../actions'
import { type CourierPlace, placeHref } from './courier-query'

const PAGE = 20

/** What the shop has to know of its couriers' cash: what was handed in, and what is owed to buyers. */
export async function ShopCash({ desk, place }: { desk: Desk; place: CourierPlace }) {
  const { gateway, merchant, locale } = desk
  const [t, foundOwed, foundReports] = await Promise.all([
    getTranslations('courier'),
    gateway.couriers.list(merchant.id, {
      ...{ state: 'to-return', limit: PAGE + 1 },
      ...(place.owed && { after: place.owed }),
    }),
    gateway.couriers.handIns(merchant.id, { limit: PAGE + 1, ...(place.report && { before: place.report }) }),
  ])
  const [owed, reports] = [onePage(foundOwed, PAGE), onePage(foundReports, PAGE)]
  const rows = owed.rows.map(async ({ id, recipient, amount }) => {
    const shown = formatMoney(amount.amount, amount.currency, locale)
    return (
      <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-2.5">
        <span className="font-medium text-ink">{recipient.name}</span>
        <span className="flex items-center gap-3">
          <span className="figures font-semibold text-ink">{shown}</span>
          <DeedDialog
            trigger={t('givenBack')}
            triggerLook={{ size: 'small' }}
            title={t('givenBackTitle', { amount: shown, name: recipient.name })}
            words={await deedWords(t('givenBackConfirm'))}
            deed={giveBack.bind(null, id)}
          />
        </span>
      </li>
    )
  })
  return (
    <>
      {owed.rows.length > 0 ? (
        <Panel className="mb-5">
          <PanelHeader title={t('toReturn')} description={t('toReturnText')} />
          <ul className="divide-y divide-line">{await Promise.all(rows)}</ul>
          <Pager
            label={t('toReturnMore')}
            {...(owed.last && { nextHref: placeHref({ ...place, owed: owed.last.id }) })}
          />
        </Panel>
      ) : null}
      {reports.rows.length > 0 ? (
        <Panel className="mb-5">
          <PanelHeader title={t('handIns')} description={t('handInsText')} />
          <Table aria-label={t('handIns')}>
            <thead>
              <tr>
                <TableHead>{t('courier')}</TableHead>
                <TableHead>{t('at')}</TableHead>
                <TableHead className="text-right">{t('deliveries')}</TableHead>
                <TableHead className="text-right">{t('amount')}</TableHead>
              </tr>
            </thead>
            <tbody>
              {reports.rows.map(({ id, courierName, at, deliveries, amount }) => (
                <TableRow key={id}>
                  <TableCell className="font-medium">{courierName}</TableCell>
                  <TableCell className="figures whitespace-nowrap text-ink-soft">
                    {formatDateTime(at, locale)}
                  </TableCell>
                  <FigureCell>{deliveries}</FigureCell>
                  <FigureCell className="font-semibold">
                    <MoneyText amount={amount.amount} currency={amount.currency} locale={locale} />
                  </FigureCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
          <Pager
            label={t('handInsOlder')}
            {...(reports.last && { nextHref: placeHref({ ...place, report: reports.last.id }) })}
          />
        </Panel>
      ) : null}
    </>
  )
}
