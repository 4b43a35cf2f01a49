import { getTranslations } from 'next-intl/server'
import { Badge } from '@/components/ui/badge'
import { MoneyText } from '@/components/ui/money'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { Owed } from '@/lib/receivables/receivables'

/** What others have taken for us and not paid yet, and since when. */
export async function OwedPanel({ owed, locale }: { owed: readonly Owed[]; locale: 'ko' | 'en' }) {
  const t = await getTranslations('settlement.owed')
  return (
    <Panel className="mb-5">
      <PanelHeader title={t('title')} description={t('text')} />
      {owed.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('none')}</p>
      ) : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('who')}</TableHead>
              <TableHead className="text-right">{t('taken')}</TableHead>
              <TableHead className="text-right">{t('received')}</TableHead>
              <TableHead className="text-right">{t('amount')}</TableHead>
              <TableHead>{t('since')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {owed.map((each) => {
              const money = (amount: bigint) => <MoneyText amount={amount} currency={each.currency} locale={locale} />
              return (
                <TableRow key={`${each.link} ${each.system} ${each.currency}`}>
                  <TableCell>
                    <span className="font-medium">{each.name[locale]}</span>
                    {each.isKnown ? null : <span className="block text-xs text-ink-faint">{t('notKnown')}</span>}
                  </TableCell>
                  <FigureCell>{money(each.taken)}</FigureCell>
                  <FigureCell>{money(each.received)}</FigureCell>
                  <FigureCell>
                    <strong>{money(each.amount)}</strong>
                  </FigureCell>
                  <TableCell className="whitespace-nowrap">
                    <Since {...each} />
                  </TableCell>
                </TableRow>
              )
            })}
          </tbody>
        </Table>
      )}
    </Panel>
  )
}

async function Since({ amount, since, days = 0 }: Owed) {
  const t = await getTranslations('settlement.owed')
  if (amount < 0n) return <Badge tone="warn">{t('weOwe')}</Badge>
  if (since === undefined) return <Badge tone="good">{t('even')}</Badge>
  return (
    <>
      <span className="figures">{since}</span>
      <span className="block text-xs text-ink-faint">{t('days', { days })}</span>
    </>
  )
}
