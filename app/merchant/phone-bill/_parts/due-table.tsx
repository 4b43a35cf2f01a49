import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { Desk } from '@/app/_glue/desk'
import { formatDateTime } from '@/components/i18n/format'
import { MoneyText } from '@/components/ui/money'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { CreditByHand } from '@/lib/billing/credits'
import { publicId } from '@/lib/ids'
import { PayoutDialog } from './payout-dialog'

/** What people have still to pay out, the longest waiting first. */
export async function DueTable({ desk, due }: { desk: Desk; due: readonly CreditByHand[] }) {
  const { locale } = desk
  const t = await getTranslations('merchant.phoneBill')
  return (
    <Table aria-label={t('payouts.due')}>
      <thead>
        <tr>
          <TableHead>{t('order')}</TableHead>
          <TableHead>{t('line')}</TableHead>
          <TableHead>{t('payouts.since')}</TableHead>
          <TableHead className="text-right">{t('amount')}</TableHead>
          <TableHead>
            <span className="sr-only">{t('payouts.pay')}</span>
          </TableHead>
        </tr>
      </thead>
      <tbody>
        {due.map((credit) => (
          <TableRow key={credit.reference}>
            <TableCell className="max-w-64 min-w-36">
              <Link
                href={`/merchant/payments/${publicId('pay', credit.paymentId)}`}
                className="block truncate font-medium hover:underline"
              >
                {credit.orderName}
              </Link>
              <span className="block truncate text-xs text-ink-faint">{credit.orderRef}</span>
            </TableCell>
            <TableCell className="figures whitespace-nowrap">{credit.masked}</TableCell>
            <TableCell className="figures whitespace-nowrap text-ink-soft">
              {formatDateTime(credit.createdAt, locale)}
            </TableCell>
            <FigureCell className="font-semibold">
              <MoneyText amount={credit.amount} currency={credit.currency} locale={locale} />
            </FigureCell>
            <TableCell className="text-right">
              {desk.may('payment.pay-out') ? <PayoutDialog desk={desk} credit={credit} /> : null}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}
