import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { Desk } from '@/app/_glue/desk'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { FlowVersion } from '@/lib/flows/flow-store'
import { deedWords } from '../../_parts/deed-words'
import { activateFlow } from '../actions'

interface Props {
  readonly desk: Desk
  readonly versions: readonly FlowVersion[]
  readonly inForce: number
}

/** Every version that was written, and the one in force; an owner puts another in force. */
export async function VersionTable({ desk, versions, inForce }: Props) {
  const t = await getTranslations('flow')
  const words = await deedWords(t('activate.confirm'))
  const rows = [
    ...versions.map(({ version, note, author, createdAt }) => ({
      ...{ version, note, author },
      at: formatDateTime(createdAt, desk.locale),
    })),
    { version: 0, note: t('firstNote'), author: 'Moa', at: '' },
  ]
  return (
    <Panel>
      <PanelHeader title={t('versions.title')} description={t('versions.text')} />
      <Table aria-label={t('versions.title')}>
        <thead>
          <tr>
            <TableHead>{t('versions.version')}</TableHead>
            <TableHead>{t('versions.note')}</TableHead>
            <TableHead>{t('versions.author')}</TableHead>
            <TableHead>
              <span className="sr-only">{t('activate.title')}</span>
            </TableHead>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ version, note, author, at }) => (
            <TableRow key={version}>
              <TableCell className="figures whitespace-nowrap">
                {version === 0 ? (
                  t('firstShort')
                ) : (
                  <Link href={`/merchant/flow?version=${version}`} className="font-medium hover:underline">
                    {t('version', { version })}
                  </Link>
                )}
              </TableCell>
              <TableCell className="min-w-40">{note}</TableCell>
              <TableCell className="whitespace-nowrap text-ink-soft">
                {author}
                {at ? <span className="figures block text-xs text-ink-faint">{at}</span> : null}
              </TableCell>
              <TableCell className="text-right whitespace-nowrap">
                {version === inForce ? (
                  <Badge tone="good">{t('inForce')}</Badge>
                ) : desk.may('flow.change') ? (
                  <DeedDialog
                    trigger={t('activate.button')}
                    triggerLook={{ size: 'small' }}
                    title={version === 0 ? t('activate.first') : t('activate.title2', { version })}
                    description={t('activate.text')}
                    words={words}
                    deed={activateFlow.bind(null, version)}
                  />
                ) : null}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}
