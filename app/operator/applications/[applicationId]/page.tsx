import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { requireSystem } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { readPublicId } from '@/lib/ids'
import { servedInterfaces } from '@/lib/parlayx/interfaces/interfaces'
import { PermissionFields } from '../_parts/permission-fields'
import { TariffTable } from '../_parts/tariff-table'
import { revokeApplication, setPermissions } from '../actions'

const HERE = '/operator/applications'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.applications')
  return { title: t('application') }
}

/** One application: what it may do, by interface, and what its charging codes and volumes cost. */
export default async function ApplicationPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { applicationId: id } = await params
  const desk = await requireSystem('system.see', HERE)
  const { gateway, locale } = desk
  const applicationId = readPublicId('app', id)
  const application = applicationId && (await gateway.openService.find(applicationId))
  if (!application) notFound()
  const [t, tariffs, allowWords, revokeWords] = await Promise.all([
    getTranslations('operator.applications'),
    gateway.openService.tariffs(application.id),
    getTranslations('operator.applications').then((words) => deedWords(words('allow'))),
    getTranslations('operator.applications').then((words) => deedWords(words('revoke'))),
  ])
  const { rights, reach, largestCharge, revokedAt, lastUsedAt } = application
  const mayChange = desk.may('system.change') && !revokedAt
  return (
    <>
      <PageHeader
        title={application.name}
        description={application.merchantName}
        actions={
          mayChange ? (
            <>
              <DeedDialog
                trigger={t('allow')}
                title={t('allowTitle')}
                description={t('allowText')}
                words={allowWords}
                deed={setPermissions.bind(null, id)}
              >
                <PermissionFields application={application} />
              </DeedDialog>
              <DeedDialog
                trigger={t('revoke')}
                triggerLook={{ kind: 'quiet' }}
                title={t('revokeTitle', { name: application.name })}
                description={t('revokeText')}
                words={revokeWords}
                isDangerous
                deed={revokeApplication.bind(null, id)}
              />
            </>
          ) : null
        }
      />
      <div className="flex flex-col gap-5">
        <Panel>
          <Facts>
            <Fact name={t('standing')}>{revokedAt ? <Badge>{t('revoked')}</Badge> : t('live')}</Fact>
            <Fact name={t('reachOf')}>{t(`reach.${reach}`)}</Fact>
            <Fact name={t('largest')}>
              {largestCharge ? formatMoney(largestCharge.amount, largestCharge.currency, locale) : t('noLargest')}
            </Fact>
            <Fact name={t('lastUsed')}>{lastUsedAt ? formatDateTime(lastUsedAt, locale) : '–'}</Fact>
            <Fact name={t('name')}>
              <span className="font-mono text-xs break-all">{id}</span>
            </Fact>
          </Facts>
        </Panel>
        <Panel>
          <PanelHeader title={t('rightsTitle')} description={t('rightsText')} />
          <ul className="divide-y divide-line">
            {servedInterfaces.map(({ name, operations }) => {
              const allowed = Object.keys(operations).filter((operation) =>
                rights.some((right) => right === `${name}.${operation}`),
              )
              return (
                <li key={name} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3">
                  <span className="text-sm font-medium break-all text-ink">{name}</span>
                  <span className="flex flex-wrap gap-1.5">
                    {allowed.length === 0 ? <span className="text-sm text-ink-faint">{t('nothing')}</span> : null}
                    {allowed.map((operation) => (
                      <Badge key={operation}>{operation}</Badge>
                    ))}
                  </span>
                </li>
              )
            })}
          </ul>
        </Panel>
        <TariffTable {...{ id, tariffs, locale, mayChange }} />
      </div>
    </>
  )
}
