import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { SystemDesk } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import type { ReturnTransfer } from '@/lib/returns/return-transfer'
import { decideReturn } from '../actions'

interface Props {
  readonly desk: SystemDesk
  readonly proposed: readonly ReturnTransfer[]
  /** The way to those before these. */
  readonly children: ReactNode
}

/** Transfers back of nobody's credits that one operator has proposed: another one agrees, or not. */
export async function ProposedReturns({ desk, proposed, children }: Props) {
  const t = await getTranslations('operator.giro.proposed')
  const [agree, refuse] = await Promise.all([deedWords(t('agree')), deedWords(t('refuse'))])
  if (proposed.length === 0) return null
  return (
    <section className="mb-8">
      <h2 className="mb-2 text-base font-semibold">{t('title')}</h2>
      <Table aria-label={t('title')}>
        <thead>
          <tr>
            <TableHead>{t('to')}</TableHead>
            <TableHead>{t('by')}</TableHead>
            <TableHead className="text-right">{t('amount')}</TableHead>
            <TableHead />
          </tr>
        </thead>
        <tbody>
          {proposed.map((each) => {
            const id = publicId('ret', each.id)
            const amount = formatMoney(each.amount.amount, each.amount.currency, desk.locale)
            const mayDecide = desk.may('system.change') && each.proposedBy?.id !== desk.person.id
            return (
              <TableRow key={id}>
                <TableCell className="min-w-32">
                  <span className="block font-medium">{each.payerName}</span>
                  <span className="figures block text-xs text-ink-faint">•••• {each.lastFour}</span>
                </TableCell>
                <TableCell>{each.proposedBy?.name}</TableCell>
                <FigureCell className="font-semibold">{amount}</FigureCell>
                <TableCell>
                  {mayDecide ? (
                    <span className="flex flex-wrap justify-end gap-2">
                      {([true, false] as const).map((agreed) => (
                        <DeedDialog
                          key={String(agreed)}
                          trigger={agreed ? t('agree') : t('refuse')}
                          triggerLook={{ size: 'small', ...(agreed && { kind: 'soft' }) }}
                          title={t(agreed ? 'agreeTitle' : 'refuseTitle', { amount })}
                          words={agreed ? agree : refuse}
                          deed={decideReturn.bind(null, id, agreed)}
                        />
                      ))}
                    </span>
                  ) : (
                    <span className="block text-right text-xs text-ink-faint">{t('second')}</span>
                  )}
                </TableCell>
              </TableRow>
            )
          })}
        </tbody>
      </Table>
      {children}
    </section>
  )
}
