import { getTranslations } from 'next-intl/server'
import type { SystemDesk } from '@/app/_glue/system'
import { formatDateTime } from '@/components/i18n/format'
import { MoneyText } from '@/components/ui/money'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import { invariant } from '@/lib/invariant'
import { releaseRefund } from '../refund-actions'

const MOST_SHOWN = 50

/** Refunds that wait for a shop's balance, the oldest first: they go out by themselves once it comes (N13). */
export async function QueuedRefunds({ desk }: { desk: SystemDesk }) {
  const { gateway, locale } = desk
  const queued = await gateway.refunds.listQueued(undefined, MOST_SHOWN)
  if (queued.length === 0) return null
  const [t, rows] = await Promise.all([
    getTranslations('operator.board.queued'),
    Promise.all(
      queued.map(async (refund) => {
        const [payment, shop] = await Promise.all([
          gateway.payments.find(refund.merchantId, refund.paymentId),
          gateway.merchants.get(refund.merchantId),
        ])
        invariant(payment && shop, 'a refund belongs to a payment of a shop')
        return { refund, payment, shop }
      }),
    ),
  ])
  return (
    <Panel>
      <PanelHeader title={t('title')} description={t('text')} />
      <Table aria-label={t('title')}>
        <thead>
          <tr>
            <TableHead>{t('shop')}</TableHead>
            <TableHead>{t('since')}</TableHead>
            <TableHead>{t('amount')}</TableHead>
            <TableHead>{t('reason')}</TableHead>
            <TableHead>
              <span className="sr-only">{t('release')}</span>
            </TableHead>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ refund, payment, shop }) => (
            <TableRow key={`${refund.merchantId} ${refund.id}`}>
              <TableCell>
                {locale === 'ko' ? shop.name : shop.nameEn}
                <span className="block text-xs text-ink-faint">{payment.orderName}</span>
              </TableCell>
              <TableCell className="figures whitespace-nowrap text-ink-soft">
                {formatDateTime(refund.queuedAt ?? refund.createdAt, locale)}
              </TableCell>
              <TableCell>
                <MoneyText amount={refund.amount} currency={payment.currency} locale={locale} />
              </TableCell>
              <TableCell>
                {refund.reason}
                <span className="block text-xs text-ink-faint">{refund.requestedBy.name}</span>
              </TableCell>
              <TableCell className="text-right">
                {desk.may('refund.release') ? (
                  <form action={releaseRefund}>
                    <input type="hidden" name="shop" value={publicId('mer', refund.merchantId)} />
                    <input type="hidden" name="refund" value={publicId('ref', refund.id)} />
                    <SubmitButton>{t('release')}</SubmitButton>
                  </form>
                ) : null}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}
