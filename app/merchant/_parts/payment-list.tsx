import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { formatDateTime } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { MoneyText } from '@/components/ui/money'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import type { Payment } from '@/lib/payments/payment'
import { statusOf, statusTones } from './payment-status'

interface Props {
  readonly payments: readonly Payment[]
  readonly locale: 'ko' | 'en'
  readonly label: string
  /** Where a payment leads, before its identifier. */
  readonly base: string
}

/** Payments as rows of a table, and on phones as a list. */
export async function PaymentList({ payments, locale, label, base }: Props) {
  const t = await getTranslations('merchant')
  const rows = payments.map((payment) => {
    const id = publicId('pay', payment.id)
    const status = statusOf(payment)
    const badge = <Badge tone={statusTones[status]}>{t(`status.${status}`)}</Badge>
    const amount = <MoneyText amount={payment.amount} currency={payment.currency} locale={locale} />
    return { payment, id, href: `${base}/${id}`, badge, amount, at: formatDateTime(payment.createdAt, locale) }
  })
  return (
    <>
      <ul className="divide-y divide-line sm:hidden" aria-label={label}>
        {rows.map(({ payment, id, href, badge, amount, at }) => (
          <li key={id}>
            <Link href={href} className="-mx-2 flex items-center gap-4 rounded-md px-2 py-3.5 hover:bg-hover">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium text-ink">{payment.orderName}</span>
                <span className="block truncate text-xs text-ink-faint">
                  {payment.orderRef} · {at}
                </span>
              </span>
              <span className="flex flex-col items-end gap-1 font-semibold text-ink">
                {amount}
                {badge}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="hidden sm:block">
        <Table aria-label={label}>
          <thead>
            <tr>
              <TableHead>{t('column.order')}</TableHead>
              <TableHead>{t('column.status')}</TableHead>
              <TableHead>{t('column.at')}</TableHead>
              <TableHead className="text-right">{t('column.amount')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ payment, id, href, badge, amount, at }) => (
              <TableRow key={id}>
                <TableCell className="max-w-80">
                  <Link href={href} className="block truncate font-medium hover:underline">
                    {payment.orderName}
                  </Link>
                  <span className="block truncate text-xs text-ink-faint">{payment.orderRef}</span>
                </TableCell>
                <TableCell>{badge}</TableCell>
                <TableCell className="figures whitespace-nowrap text-ink-soft">{at}</TableCell>
                <FigureCell className="font-semibold">{amount}</FigureCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </div>
    </>
  )
}
