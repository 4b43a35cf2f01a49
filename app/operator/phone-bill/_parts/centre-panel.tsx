import { getTranslations } from 'next-intl/server'
import type { SystemDesk } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { BillingFile } from '@/lib/billing/file-store'
import { HOUR_MS } from '@/lib/clock'
import { makeFile } from '../actions'

interface Props {
  readonly desk: SystemDesk
  /** The newest file of each centre. */
  readonly latest: readonly BillingFile[]
  /** Those that ought to be acknowledged by now. */
  readonly silent: readonly BillingFile[]
}

/** The billing centres: when their files are made, the latest one, and a file made at once when somebody wants it. */
export async function CentrePanel({ desk, latest: files, silent }: Props) {
  const { gateway, locale } = desk
  const t = await getTranslations('operator.phoneBill.centres')
  const now = gateway.clock.now().getTime()
  return (
    <Panel>
      <PanelHeader title={t('title')} description={t('text')} />
      <Table aria-label={t('title')}>
        <thead>
          <tr>
            <TableHead>{t('centre')}</TableHead>
            <TableHead>{t('every')}</TableHead>
            <TableHead>{t('latest')}</TableHead>
            <TableHead>{t('waiting')}</TableHead>
            <TableHead>
              <span className="sr-only">{t('make')}</span>
            </TableHead>
          </tr>
        </thead>
        <tbody>
          {await Promise.all(
            gateway.settings.BILLING_CENTRES.map(async ({ code, name, at, zone, currency }) => {
              const latest = files.find(({ centre }) => centre === code)
              const waiting = silent.filter(({ centre }) => centre === code)
              return (
                <TableRow key={code}>
                  <TableCell>
                    <span className="block font-medium whitespace-nowrap">{name[locale]}</span>
                    <span className="block text-xs text-ink-faint">
                      {code} · {currency}
                    </span>
                  </TableCell>
                  <TableCell className="figures whitespace-nowrap">
                    {at} <span className="text-xs text-ink-faint">{zone}</span>
                  </TableCell>
                  <TableCell>
                    {latest ? (
                      <>
                        <span className="figures block whitespace-nowrap">{latest.name}</span>
                        <span className="figures block text-xs text-ink-faint">
                          {formatDateTime(latest.createdAt, locale)}
                        </span>
                      </>
                    ) : (
                      t('none')
                    )}
                  </TableCell>
                  <TableCell>
                    {waiting.length === 0 ? (
                      <span className="text-ink-faint">{t('answered')}</span>
                    ) : (
                      <ul className="flex flex-col gap-1">
                        {waiting.map((file) => (
                          <li key={file.sequence} className="flex items-center gap-2 whitespace-nowrap">
                            <span className="figures">{file.sequence}</span>
                            <Badge tone="warn">
                              {t('age', {
                                hours: Math.floor((now - (file.sentAt ?? file.createdAt).getTime()) / HOUR_MS),
                              })}
                            </Badge>
                          </li>
                        ))}
                      </ul>
                    )}
                  </TableCell>
                  <TableCell className="text-right">
                    {desk.may('system.change') ? (
                      <DeedDialog
                        trigger={t('make')}
                        triggerLook={{ size: 'small' }}
                        title={t('makeTitle', { centre: name[locale] })}
                        description={t('makeText', { at })}
                        words={await deedWords(t('make'))}
                        deed={makeFile.bind(null, code)}
                      />
                    ) : null}
                  </TableCell>
                </TableRow>
              )
            }),
          )}
        </tbody>
      </Table>
    </Panel>
  )
}
