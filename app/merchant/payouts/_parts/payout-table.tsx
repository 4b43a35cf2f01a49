import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { MoneyText } from '@/components/ui/money'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import { type Payout, sumsOf } from '@/lib/settlement/payout'
import { PayoutBadge } from './payout-badge'

/** Payouts, the newest first, with what they are made of. */
export async function PayoutTable({ payouts, locale }: { payouts: readonly Payout[]; locale: 'ko' | 'en' }) {
  const t = await getTranslations('settlement')
  return (
    <Table aria-label={t('tab.payouts')}>
      <thead>
        <tr>
          <TableHead>{t('day')}</TableHead>
          <TableHead>{t('stands')}</TableHead>
          <TableHead className="text-right">{t('sold')}</TableHead>
          <TableHead className="text-right">{t('refunded')}</TableHead>
          <TableHead className="text-right">{t('fees')}</TableHead>
          <TableHead className="text-right">{t('amount')}</TableHead>
        </tr>
      </thead>
      <tbody>
        {payouts.map((payout) => {
          const { sold, refunded, fees } = sumsOf(payout)
          const money = (amount: bigint) => <MoneyText amount={amount} currency={payout.currency} locale={locale} />
          return (
            <TableRow key={payout.id}>
              <TableCell>
                <Link
                  href={`/merchant/payouts/${publicId('po', payout.id)}`}
                  className="figures font-medium whitespace-nowrap hover:underline"
                >
                  {payout.day}
                </Link>
              </TableCell>
              <TableCell>
                <PayoutBadge state={payout.state} />
              </TableCell>
              <FigureCell>{money(sold)}</FigureCell>
              <FigureCell>{money(refunded)}</FigureCell>
              <FigureCell>{money(fees)}</FigureCell>
              <FigureCell className="font-semibold">
                {money(payout.amount > 0n ? payout.amount : payout.net)}
              </FigureCell>
            </TableRow>
          )
        })}
      </tbody>
    </Table>
  )
}
