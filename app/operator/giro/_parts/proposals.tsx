import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { SystemDesk } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { GiroProposal } from '@/lib/giro/proposal-store'
import { publicId } from '@/lib/ids'
import { decideProposal } from '../actions'

interface Props {
  readonly desk: SystemDesk
  readonly proposals: readonly GiroProposal[]
  /** The way to those before these. */
  readonly children: ReactNode
}

/** What one operator wants done with credits of nobody's: another one agrees, or not. */
export async function Proposals({ desk, proposals, children }: Props) {
  const [t, shared] = await Promise.all([
    getTranslations('operator.giro.proposals'),
    getTranslations('operator.giro.proposed'),
  ])
  const [agree, refuse] = await Promise.all([deedWords(shared('agree')), deedWords(shared('refuse'))])
  if (proposals.length === 0) return null
  return (
    <section className="mb-8">
      <h2 className="mb-2 text-base font-semibold">{t('title')}</h2>
      <Table aria-label={t('title')}>
        <thead>
          <tr>
            <TableHead>{t('what')}</TableHead>
            <TableHead>{t('payer')}</TableHead>
            <TableHead>{shared('by')}</TableHead>
            <TableHead className="text-right">{shared('amount')}</TableHead>
            <TableHead />
          </tr>
        </thead>
        <tbody>
          {proposals.map(({ deed, said, payerName, proposedBy, ...each }) => {
            const id = publicId('gpr', each.id)
            const amount = formatMoney(each.amount.amount, each.amount.currency, desk.locale)
            const isMine = proposedBy.id === desk.person.id
            return (
              <TableRow key={id}>
                <TableCell className="min-w-32">
                  <span className="block font-medium">{t(deed)}</span>
                  <span className="figures block text-xs break-all text-ink-faint">{said}</span>
                </TableCell>
                <TableCell>{payerName}</TableCell>
                <TableCell>{proposedBy.name}</TableCell>
                <FigureCell className="font-semibold">{amount}</FigureCell>
                <TableCell>
                  {desk.may('system.change') && !isMine ? (
                    <span className="flex flex-wrap justify-end gap-2">
                      {([true, false] as const).map((agreed) => (
                        <DeedDialog
                          key={String(agreed)}
                          trigger={shared(agreed ? 'agree' : 'refuse')}
                          triggerLook={{ size: 'small', ...(agreed && { kind: 'soft' }) }}
                          title={t(agreed ? `${deed}Title` : 'refuseTitle', { amount, said })}
                          words={agreed ? agree : refuse}
                          deed={decideProposal.bind(null, id, agreed)}
                        />
                      ))}
                    </span>
                  ) : (
                    <span className="block text-right text-xs text-ink-faint">
                      {isMine ? t('yours') : shared('second')}
                    </span>
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
