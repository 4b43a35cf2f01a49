import { getTranslations } from 'next-intl/server'
import { centreReason, codeWords } from '@/app/_glue/code-words'
import type { SystemDesk } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Original } from '@/components/ui/original'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { RefusedCharge } from '@/lib/billing/file-store'
import { publicId } from '@/lib/ids'
import { isCurrency } from '@/lib/money/currency'
import { billAgain } from '../actions'

interface Props {
  readonly desk: SystemDesk
  readonly refused: readonly RefusedCharge[]
  /** The page with those after these; absent where there are none. */
  readonly nextHref?: string
}

/** Purchases that a billing centre did not put on a bill, with its reason. */
export async function RefusedTable({ desk, refused, nextHref }: Props) {
  const [t, codes, words] = await Promise.all([
    getTranslations('operator.phoneBill'),
    getTranslations('codes'),
    codeWords(),
  ])
  return (
    <Panel>
      <PanelHeader title={t('refused')} description={refused.length === 0 ? t('refusedNone') : t('refusedText')} />
      {refused.length === 0 ? null : (
        <Table aria-label={t('refused')}>
          <thead>
            <tr>
              <TableHead>{t('line')}</TableHead>
              <TableHead className="text-right">{t('amount')}</TableHead>
              <TableHead>{t('reason')}</TableHead>
              <TableHead>{t('file')}</TableHead>
              <TableHead>{t('at')}</TableHead>
              <TableHead />
            </tr>
          </thead>
          <tbody>
            {await Promise.all(
              refused.map(async ({ merchantId, paymentId, amount, currency, ...charge }) => (
                <TableRow key={paymentId}>
                  <TableCell className="figures whitespace-nowrap">{charge.masked}</TableCell>
                  <FigureCell>
                    {isCurrency(currency) ? formatMoney(amount, currency, desk.locale) : `${amount}`}
                  </FigureCell>
                  <TableCell className="min-w-56">
                    {centreReason(words, charge.reason)} {codes('centreAsk')}
                    <Original label={codes('original')}>{charge.reason}</Original>
                  </TableCell>
                  <TableCell className="figures whitespace-nowrap">
                    {charge.centre} {charge.sequence}/{charge.record}
                  </TableCell>
                  <TableCell className="figures whitespace-nowrap text-ink-soft">
                    {formatDateTime(charge.changedAt, desk.locale)}
                  </TableCell>
                  <TableCell className="text-right">
                    {desk.may('system.change') ? (
                      <DeedDialog
                        trigger={t('again')}
                        triggerLook={{ kind: 'quiet', size: 'small' }}
                        title={t('again')}
                        description={t('againText')}
                        words={await deedWords(t('again'))}
                        deed={billAgain.bind(null, publicId('mer', merchantId), publicId('pay', paymentId))}
                      />
                    ) : null}
                  </TableCell>
                </TableRow>
              )),
            )}
          </tbody>
        </Table>
      )}
      <Pager label={t('refusedOlder')} {...(nextHref && { nextHref })} />
    </Panel>
  )
}
