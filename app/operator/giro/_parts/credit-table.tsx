import { getTranslations } from 'next-intl/server'
import type { SystemDesk } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDate, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { GiroReturnDialog } from '@/components/merchant/giro-return-dialog'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { GiroCredit } from '@/lib/giro/giro-bill'
import { publicId, type Uuid } from '@/lib/ids'
import { proposeAssign, proposeReturn, proposeReturned } from '../actions'

interface Props {
  readonly desk: SystemDesk
  readonly credits: readonly GiroCredit[]
  /** Those of which something is proposed already. */
  readonly waiting: ReadonlySet<Uuid>
}

/** Credits of nobody's: what the payer wrote, and what can be done. */
export async function CreditTable({ desk, credits, waiting }: Props) {
  const { locale } = desk
  const t = await getTranslations('operator.giro')
  const [toAssign, toOrder, toReturn] = await Promise.all([
    deedWords(t('assign')),
    deedWords(t('order')),
    deedWords(t('return')),
  ])
  return (
    <Table aria-label={t('title')}>
      <thead>
        <tr>
          <TableHead>{t('payer')}</TableHead>
          <TableHead>{t('wrote')}</TableHead>
          <TableHead>{t('on')}</TableHead>
          <TableHead className="text-right">{t('amount')}</TableHead>
          <TableHead />
        </tr>
      </thead>
      <tbody>
        {credits.map((credit) => {
          const id = publicId('gcr', credit.id)
          const amount = formatMoney(credit.unassigned, credit.amount.currency, locale)
          return (
            <TableRow key={id}>
              <TableCell className="min-w-32">
                <span className="block font-medium">{credit.payerName}</span>
                <span className="figures block text-xs text-ink-faint">
                  •••• {credit.payerAccount} · {credit.bankRef}
                </span>
              </TableCell>
              <TableCell className="max-w-72">
                <span className="block break-words">{credit.remittance}</span>
                <span className="block text-xs text-ink-faint">{t(`finding.${credit.finding}`)}</span>
              </TableCell>
              <TableCell className="figures whitespace-nowrap text-ink-soft">
                {formatDate(new Date(`${credit.bookedOn}T12:00:00Z`), locale)}
              </TableCell>
              <FigureCell className="font-semibold">{amount}</FigureCell>
              <TableCell>
                {waiting.has(credit.id) ? (
                  <span className="block text-right text-xs text-ink-faint">{t('waits')}</span>
                ) : desk.may('system.change') ? (
                  <span className="flex flex-wrap justify-end gap-2">
                    <DeedDialog
                      trigger={t('assign')}
                      triggerLook={{ size: 'small', kind: 'soft' }}
                      title={t('assignTitle', { amount })}
                      description={t('assignText')}
                      words={toAssign}
                      deed={proposeAssign.bind(null, id)}
                    >
                      <Field id={`${id}-reference`} label={t('reference')}>
                        <Input
                          {...fieldControl(`${id}-reference`, {})}
                          name="reference"
                          required
                          maxLength={60}
                          autoComplete="off"
                          placeholder="RF00 0000 0000 0000"
                        />
                      </Field>
                    </DeedDialog>
                    <DeedDialog
                      trigger={t('order')}
                      triggerLook={{ size: 'small', kind: 'soft' }}
                      title={t('orderTitle', { amount })}
                      description={t('orderText')}
                      words={toOrder}
                      deed={proposeReturn.bind(null, id)}
                    />
                    <GiroReturnDialog
                      id={id}
                      trigger={t('return')}
                      title={t('returnTitle', { amount })}
                      description={t('returnText')}
                      named={t('named')}
                      words={toReturn}
                      deed={proposeReturned.bind(null, id)}
                    />
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
