import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { moduleName } from '@/app/_glue/module-name'
import type { SystemDesk } from '@/app/_glue/system'
import { formatDateTime } from '@/components/i18n/format'
import { CopyButton } from '@/components/ui/copy-button'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import type { Board } from '@/lib/operations/board'
import { anySystemName } from './names'

/** What an outside system has kept on its way for more than a minute, and why (P2.7). */
export async function StuckTable({ desk: { gateway, locale }, stuck }: { desk: SystemDesk; stuck: Board['stuck'] }) {
  const [t, merchant, shared, modules] = await Promise.all([
    getTranslations('operator.board.stuck'),
    getTranslations('merchant'),
    getTranslations('shared'),
    getTranslations('modules'),
  ])
  const nameOf = (code: string) =>
    anySystemName(gateway, code, locale) ??
    moduleName(modules, gateway.merchantModules.installed.find((each) => each.code === code) ?? { code }, locale)
  const rows = [
    ...stuck.payments.map((one) => ({ ...one, kind: 'payment' as const })),
    ...stuck.refunds.map((one) => ({ ...one, kind: 'refund' as const })),
  ].sort((a, b) => a.since.getTime() - b.since.getTime())
  return (
    <Panel>
      <PanelHeader title={t('title')} description={rows.length === 0 ? t('none') : undefined} />
      {rows.length === 0 ? null : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('what')}</TableHead>
              <TableHead>{t('since')}</TableHead>
              <TableHead>{t('reason')}</TableHead>
              <TableHead>
                <span className="sr-only">{t('log')}</span>
              </TableHead>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const id = publicId('pay', row.paymentId)
              return (
                <TableRow key={`${row.kind} ${row.paymentId} ${row.since.getTime()}`}>
                  <TableCell className="whitespace-nowrap">
                    <span className="font-medium">{t(row.kind)}</span>
                    <span className="flex items-center gap-1 font-mono text-xs text-ink-faint">
                      …{id.slice(-8)}
                      <CopyButton text={id} label={shared('copy')} done={shared('copied')} iconOnly />
                    </span>
                  </TableCell>
                  <TableCell className="figures whitespace-nowrap text-ink-soft">
                    {formatDateTime(row.since, locale)}
                  </TableCell>
                  <TableCell>
                    {merchant(`reason.${row.reason}`)}
                    <span className="block text-xs text-ink-faint">
                      {t('waitsFor', { systems: row.waitsFor.map(nameOf).join(', '), tries: row.tries })}
                    </span>
                  </TableCell>
                  <TableCell className="text-right">
                    <Link className="font-medium text-accent underline" href={`/operator/messages?name=${id}`}>
                      {t('log')}
                    </Link>
                  </TableCell>
                </TableRow>
              )
            })}
          </tbody>
        </Table>
      )}
    </Panel>
  )
}
