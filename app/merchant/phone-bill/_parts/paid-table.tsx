import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { MoneyText } from '@/components/ui/money'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { NotedPayout } from '@/lib/billing/credits'
import { publicId } from '@/lib/ids'

/** What has been paid out, the latest first, with the name of whoever booked it. */
export async function PaidTable({ paid, locale }: { paid: readonly NotedPayout[]; locale: 'ko' | 'en' }) {
  const t = await getTranslations('merchant.phoneBill')
  return (
    <Table aria-label={t('payouts.paid')}>
      <thead>
        <tr>
          <TableHead>{t('order')}</TableHead>
          <TableHead>{t('payouts.by')}</TableHead>
          <TableHead>{t('payouts.paidOn')}</TableHead>
          <TableHead>{t('payouts.notedBy')}</TableHead>
          <TableHead className="text-right">{t('amount')}</TableHead>
        </tr>
      </thead>
      <tbody>
        {paid.map((payout) => (
          <TableRow key={payout.reference}>
            <TableCell className="max-w-64 min-w-36">
              <Link
                href={`/merchant/payments/${publicId('pay', payout.paymentId)}`}
                className="block truncate font-medium hover:underline"
              >
                {payout.orderName}
              </Link>
              <span className="block truncate text-xs text-ink-faint">{payout.orderRef}</span>
            </TableCell>
            <TableCell>
              <span className="block whitespace-nowrap">{t(`payouts.way.${payout.by}`)}</span>
              <span className="block font-mono text-xs break-all text-ink-faint">{payout.named}</span>
            </TableCell>
            <TableCell className="figures whitespace-nowrap">{payout.paidOn}</TableCell>
            <TableCell className="whitespace-nowrap">{payout.notedBy}</TableCell>
            <FigureCell className="font-semibold">
              <MoneyText amount={payout.amount} currency={payout.currency} locale={locale} />
            </FigureCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}
