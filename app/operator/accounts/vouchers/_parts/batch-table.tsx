import { getTranslations } from 'next-intl/server'
import type { SystemDesk } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDate, formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { VoucherBatch } from '@/lib/accounts/account'
import { decideVouchers, withdrawVouchers } from '../actions'

const TONES = { proposed: 'warn', refused: 'neutral', made: 'good', withdrawn: 'neutral' } as const

/** Batches of vouchers: what waits for a second operator, and how much of the others is redeemed. */
export async function BatchTable({ desk, batches }: { desk: SystemDesk; batches: readonly VoucherBatch[] }) {
  const t = await getTranslations('operator.vouchers')
  return (
    <Table aria-label={t('title')}>
      <thead>
        <tr>
          <TableHead>{t('proposedAt')}</TableHead>
          <TableHead>{t('state')}</TableHead>
          <TableHead>{t('note')}</TableHead>
          <TableHead className="text-right">{t('value')}</TableHead>
          <TableHead className="text-right">{t('redeemed')}</TableHead>
          <TableHead>{t('expiresAt')}</TableHead>
          <TableHead />
        </tr>
      </thead>
      <tbody>
        {batches.map((batch) => (
          <TableRow key={batch.id}>
            <TableCell className="whitespace-nowrap">
              {formatDateTime(batch.createdAt, desk.locale)}
              <span className="block text-xs text-ink-faint">{batch.proposedBy.name}</span>
            </TableCell>
            <TableCell>
              <Badge tone={TONES[batch.state]}>{t(`states.${batch.state}`)}</Badge>
            </TableCell>
            <TableCell>{batch.note}</TableCell>
            <FigureCell>{formatMoney(batch.value.amount, batch.value.currency, desk.locale)}</FigureCell>
            <FigureCell>{t('ofCount', { redeemed: batch.redeemed, count: batch.count })}</FigureCell>
            <TableCell className="whitespace-nowrap">{formatDate(batch.expiresAt, desk.locale)}</TableCell>
            <TableCell>{desk.may('system.change') ? <BatchDeeds desk={desk} batch={batch} /> : null}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}

async function BatchDeeds({ desk, batch }: { desk: SystemDesk; batch: VoucherBatch }) {
  const t = await getTranslations('operator.vouchers')
  const [agree, refuse, withdraw] = await Promise.all([
    deedWords(t('agree')),
    deedWords(t('refuse')),
    deedWords(t('withdraw')),
  ])
  const { amount, currency } = batch.value
  const worth = { count: batch.count, amount: formatMoney(amount, currency, desk.locale) }
  const total = formatMoney(amount * BigInt(batch.count), currency, desk.locale)
  const isMine = batch.proposedBy.id === desk.person.id
  const deeds = []
  if (batch.state === 'proposed' && !isMine) {
    deeds.push(
      <DeedDialog
        key="agree"
        trigger={t('agree')}
        triggerLook={{ size: 'small', kind: 'soft' }}
        title={t('agreeTitle', worth)}
        description={t('agreeText', { total })}
        words={agree}
        deed={decideVouchers.bind(null, batch.id, true)}
      />,
      <DeedDialog
        key="refuse"
        trigger={t('refuse')}
        triggerLook={{ size: 'small' }}
        title={t('refuseTitle', worth)}
        words={refuse}
        deed={decideVouchers.bind(null, batch.id, false)}
      />,
    )
  }
  if (batch.state === 'made' || (batch.state === 'proposed' && isMine)) {
    deeds.push(
      <DeedDialog
        key="withdraw"
        trigger={t('withdraw')}
        triggerLook={{ size: 'small' }}
        title={t('withdraw')}
        description={t(batch.state === 'made' ? 'withdrawText' : 'withdrawProposedText')}
        words={withdraw}
        isDangerous
        deed={withdrawVouchers.bind(null, batch.id)}
      />,
    )
  }
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      {batch.state === 'proposed' && isMine ? <span className="text-xs text-ink-faint">{t('yours')}</span> : null}
      {deeds}
    </span>
  )
}
