import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { formatDateTime } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { MoneyText } from '@/components/ui/money'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { CutOver } from '@/lib/reconciliation/store'

interface Props {
  readonly cutOvers: readonly CutOver[]
  readonly locale: 'ko' | 'en'
  nameOf(system: string): string
  /** The way to those before these. */
  readonly children: ReactNode
}

/** The newest cut-overs with issuers: our totals, and theirs under them once they have told. */
export async function CutOversPanel({ cutOvers, locale, nameOf, children }: Props) {
  const t = await getTranslations('settlement')
  const totals = ({ ours, theirs, currency }: CutOver, part: 'completions' | 'refunds') => {
    const money = ({ amount }: { amount: string }) => (
      <MoneyText amount={BigInt(amount)} currency={currency} locale={locale} />
    )
    const isSame = theirs?.[part].amount === ours[part].amount
    return (
      <FigureCell>
        {money(ours[part])}
        <span className={`block text-xs ${theirs && !isSame ? 'text-bad' : 'text-ink-faint'}`}>
          {theirs ? (
            <>
              {t('difference.theirs')} {money(theirs[part])}
            </>
          ) : (
            t('operator.notTold')
          )}
        </span>
      </FigureCell>
    )
  }
  return (
    <Panel className="mb-5">
      <PanelHeader
        title={t('operator.cutOvers')}
        description={cutOvers.length === 0 ? t('operator.noCutOvers') : undefined}
      />
      {cutOvers.length === 0 ? null : (
        <Table aria-label={t('operator.cutOvers')}>
          <thead>
            <tr>
              <TableHead>{t('operator.issuer')}</TableHead>
              <TableHead>{t('stands')}</TableHead>
              <TableHead className="text-right">{t('operator.completions')}</TableHead>
              <TableHead className="text-right">{t('operator.refunds')}</TableHead>
              <TableHead>{t('until')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {cutOvers.map((each) => (
              <TableRow key={each.id}>
                <TableCell className="font-medium">{nameOf(each.system)}</TableCell>
                <TableCell>
                  <Badge tone={each.state === 'in-balance' ? 'good' : each.state === 'asked' ? 'info' : 'bad'}>
                    {t(`operator.cutOver.${each.state}`)}
                  </Badge>
                </TableCell>
                {totals(each, 'completions')}
                {totals(each, 'refunds')}
                <TableCell className="figures whitespace-nowrap text-ink-soft">
                  {formatDateTime(each.until, locale)}
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
      {children}
    </Panel>
  )
}
