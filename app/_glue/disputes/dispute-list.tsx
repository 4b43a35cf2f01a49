import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { formatDateTime } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { MoneyText } from '@/components/ui/money'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { Dispute } from '@/lib/disputes/dispute'
import { publicId } from '@/lib/ids'
import { stateTones } from './state-look'

interface Props {
  readonly disputes: readonly Dispute[]
  readonly locale: 'ko' | 'en'
  readonly label: string
  /** Where a dispute leads, before its identifier; absent: nowhere. */
  readonly base?: string
  /** Names of the shops, where those of several are listed. */
  readonly shops?: ReadonlyMap<string, string>
}

/** Disputes as rows of a table, and on phones as a list. */
export async function DisputeList({ disputes, locale, label, base, shops }: Props) {
  const t = await getTranslations('disputes')
  const rows = disputes.map((dispute) => {
    const id = publicId('dis', dispute.id)
    const due = dispute.state === 'open' ? dispute.answerBy : dispute.closedAt ? undefined : dispute.decideBy
    return {
      ...{ dispute, id, due: due ? formatDateTime(due, locale) : '', at: formatDateTime(dispute.createdAt, locale) },
      badge: <Badge tone={stateTones[dispute.state]}>{t(`state.${dispute.state}`)}</Badge>,
      amount: <MoneyText amount={dispute.wanted} currency={dispute.currency} locale={locale} />,
      shop: shops?.get(dispute.merchantId),
    }
  })
  const name = (id: string, text: string) =>
    base ? (
      <Link href={`${base}/${id}`} className="block truncate font-medium hover:underline">
        {text}
      </Link>
    ) : (
      <span className="block truncate font-medium">{text}</span>
    )
  return (
    <>
      <ul className="divide-y divide-line sm:hidden" aria-label={label}>
        {rows.map(({ dispute, id, badge, amount, due, at, shop }) => (
          <li key={id} className="flex items-center gap-4 py-3.5">
            <span className="min-w-0 flex-1">
              {name(id, dispute.orderName)}
              <span className="block truncate text-xs text-ink-faint">
                {shop ? `${shop} · ` : ''}
                {t(`reasons.${dispute.reason}`)} · {due || at}
              </span>
            </span>
            <span className="flex flex-col items-end gap-1 font-semibold text-ink">
              {amount}
              {badge}
            </span>
          </li>
        ))}
      </ul>
      <div className="hidden sm:block">
        <Table aria-label={label}>
          <thead>
            <tr>
              <TableHead>{t('order')}</TableHead>
              {shops ? <TableHead>{t('shop')}</TableHead> : null}
              <TableHead>{t('reason')}</TableHead>
              <TableHead>{t('status')}</TableHead>
              <TableHead>{t('openedAt')}</TableHead>
              <TableHead>{t('due')}</TableHead>
              <TableHead className="text-right">{t('wanted')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ dispute, id, badge, amount, due, at, shop }) => (
              <TableRow key={id}>
                <TableCell className="max-w-72">
                  {name(id, dispute.orderName)}
                  <span className="block truncate text-xs text-ink-faint">{dispute.orderRef}</span>
                </TableCell>
                {shops ? <TableCell>{shop}</TableCell> : null}
                <TableCell>{t(`reasons.${dispute.reason}`)}</TableCell>
                <TableCell>{badge}</TableCell>
                <TableCell className="figures whitespace-nowrap text-ink-soft">{at}</TableCell>
                <TableCell className="figures whitespace-nowrap text-ink-soft">{due}</TableCell>
                <FigureCell className="font-semibold">{amount}</FigureCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </div>
    </>
  )
}
