import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Original } from '@/components/ui/original'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { GiroFile } from '@/lib/giro/giro-bill'

interface Props {
  readonly files: readonly GiroFile[]
  readonly locale: 'ko' | 'en'
  /** The way to the files before these. */
  readonly children: ReactNode
}

/** The banks' credit advices as they were read. */
export async function AdviceTable({ files, locale, children }: Props) {
  const [t, codes] = await Promise.all([getTranslations('operator.giro'), getTranslations('codes')])
  return (
    <Panel className="mt-6">
      <PanelHeader title={t('files')} description={files.length === 0 ? t('filesNone') : t('filesText')} />
      {files.length === 0 ? null : (
        <Table aria-label={t('files')}>
          <thead>
            <tr>
              <TableHead>{t('file')}</TableHead>
              <TableHead>{t('state')}</TableHead>
              <TableHead>{t('seen')}</TableHead>
              <TableHead className="text-right">{t('lines')}</TableHead>
              <TableHead className="text-right">{t('amount')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <TableRow key={`${file.bank} ${file.name}`}>
                <TableCell className="font-mono text-xs break-all">{file.name}</TableCell>
                <TableCell>
                  <Badge tone={file.state === 'applied' ? 'good' : file.state === 'broken' ? 'bad' : 'neutral'}>
                    {t(`fileState.${file.state}`)}
                  </Badge>
                  {file.reason ? (
                    <>
                      <p className="mt-1 text-xs text-ink-soft">{codes('file.advice')}</p>
                      <Original label={codes('original')}>{file.reason}</Original>
                    </>
                  ) : null}
                </TableCell>
                <TableCell className="figures whitespace-nowrap text-ink-soft">
                  {formatDateTime(file.seenAt, locale)}
                </TableCell>
                <FigureCell>{file.lines}</FigureCell>
                <FigureCell>{formatMoney(file.total.amount, file.total.currency, locale)}</FigureCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
      {children}
    </Panel>
  )
}
