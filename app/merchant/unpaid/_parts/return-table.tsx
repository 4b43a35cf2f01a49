import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { bankReason, codeWords } from '@/app/_glue/code-words'
import type { Desk } from '@/app/_glue/desk'
import { formatDate, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { GiroReturnDialog } from '@/components/merchant/giro-return-dialog'
import { Badge, type Tone } from '@/components/ui/badge'
import { Coded } from '@/components/ui/coded'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import type { ReturnState, ReturnTransfer } from '@/lib/returns/return-transfer'
import { deedWords } from '../../_parts/deed-words'
import { noteReturnByHand, retryReturn } from '../return-actions'

const TONES: Readonly<Record<ReturnState, Tone>> = {
  ...{ proposed: 'warn', refused: 'neutral', due: 'info', filed: 'info', accepted: 'info' },
  ...{ paid: 'good', 'by-hand': 'good', rejected: 'bad' },
}

/** Transfers back, the newest first; what the bank has refused can be ordered again, or transferred by hand. */
export async function ReturnTable({ desk, transfers }: { desk: Desk; transfers: readonly ReturnTransfer[] }) {
  const { locale } = desk
  const [t, words] = await Promise.all([getTranslations('refunds.transfers'), codeWords()])
  const [again, byHand] = await Promise.all([deedWords(t('retry')), deedWords(t('confirm'))])
  return (
    <Table aria-label={t('title')}>
      <thead>
        <tr>
          <TableHead>{t('to')}</TableHead>
          <TableHead>{t('for')}</TableHead>
          <TableHead>{t('on')}</TableHead>
          <TableHead>{t('stands')}</TableHead>
          <TableHead className="text-right">{t('amount')}</TableHead>
          <TableHead />
        </tr>
      </thead>
      <tbody>
        {transfers.map((each) => {
          const id = publicId('ret', each.id)
          const amount = formatMoney(each.amount.amount, each.amount.currency, locale)
          const isOpen = each.state === 'rejected' && desk.may('giro.return')
          return (
            <TableRow key={id}>
              <TableCell className="min-w-32">
                {each.payerName === '' ? null : <span className="block font-medium">{each.payerName}</span>}
                <span className="figures block text-xs text-ink-faint">•••• {each.lastFour}</span>
              </TableCell>
              <TableCell>
                {each.paymentId ? (
                  <Link className="hover:underline" href={`/merchant/payments/${publicId('pay', each.paymentId)}`}>
                    {t(`source.${each.source}`)}
                  </Link>
                ) : (
                  t(`source.${each.source}`)
                )}
              </TableCell>
              <TableCell className="figures whitespace-nowrap text-ink-soft">
                {formatDate(each.createdAt, locale)}
              </TableCell>
              <TableCell>
                <Badge tone={TONES[each.state]}>{t(`state.${each.state}`)}</Badge>
                {each.reason ? (
                  <Coded className="ml-2 text-xs" words={bankReason(words, each.reason)} code={each.reason} />
                ) : each.named ? (
                  <span className="figures ml-2 text-xs text-ink-faint">{each.named}</span>
                ) : null}
              </TableCell>
              <FigureCell className="font-semibold">{amount}</FigureCell>
              <TableCell>
                {isOpen ? (
                  <span className="flex flex-wrap justify-end gap-2">
                    <DeedDialog
                      trigger={t('retry')}
                      triggerLook={{ size: 'small', kind: 'soft' }}
                      title={t('retryTitle', { amount })}
                      description={t('retryText')}
                      words={again}
                      deed={retryReturn.bind(null, id)}
                    />
                    {each.source === 'giro' ? null : (
                      <GiroReturnDialog
                        id={id}
                        trigger={t('byHand')}
                        title={t('byHandTitle', { amount })}
                        description={t('byHandText')}
                        named={t('named')}
                        words={byHand}
                        deed={noteReturnByHand.bind(null, id)}
                      />
                    )}
                  </span>
                ) : null}
              </TableCell>
            </TableRow>
          )
        })}
      </tbody>
    </Table>
  )
}
