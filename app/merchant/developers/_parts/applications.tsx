import { Blocks, Plus } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDate, formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Checkbox } from '@/components/ui/checkbox'
import { CopyButton } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { publicId } from '@/lib/ids'
import { deedWords } from '../../_parts/deed-words'
import { createApplication, revokeApplication, rotateApplicationSecret } from '../application-actions'

const MOST_SHOWN = 50

/** The programs that speak Parlay X for the shop. A secret is shown once, when it is made. */
export async function Applications({ desk }: { desk: Desk }) {
  const { gateway, merchant, locale } = desk
  const [t, shared, applications] = await Promise.all([
    getTranslations('merchant.applications'),
    getTranslations('shared'),
    gateway.openService.list({ merchantId: merchant.id, limit: MOST_SHOWN }),
  ])
  const secret = { text: t('secret'), copy: shared('copy'), copied: shared('copied'), done: t('secretDone') }
  const [createWords, rotateWords, revokeWords] = await Promise.all(
    [t('create'), t('rotate'), t('revoke')].map((confirm) => deedWords(confirm)),
  )
  const mayChange = desk.may('application.change')
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          mayChange ? (
            <DeedDialog
              icon={<Plus aria-hidden />}
              trigger={t('create')}
              triggerLook={{ size: 'small' }}
              title={t('create')}
              description={t('createText')}
              words={{ ...createWords!, secret }}
              deed={createApplication}
            >
              <Field id="application-name" label={t('name')}>
                <Input
                  {...fieldControl('application-name', {})}
                  name="name"
                  required
                  maxLength={60}
                  autoComplete="off"
                />
              </Field>
            </DeedDialog>
          ) : null
        }
      />
      {applications.length === 0 ? (
        <EmptyState icon={Blocks} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {applications.map((application) => {
            const id = publicId('app', application.id)
            return (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 last:pb-0">
                <div className="min-w-0">
                  <p className="flex flex-wrap items-center gap-2 text-sm font-medium text-ink">
                    {application.name}
                    <Badge tone={application.rights.length > 0 ? 'good' : 'neutral'}>
                      {t('rights', { count: application.rights.length })}
                    </Badge>
                  </p>
                  <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-faint">
                    <span className="font-mono break-all">{id}</span>
                    <CopyButton text={id} label={shared('copy')} done={shared('copied')} />
                    <span>
                      {application.lastUsedAt
                        ? t('used', { at: formatDateTime(application.lastUsedAt, locale) })
                        : t('neverUsed')}
                    </span>
                  </p>
                  <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-faint">
                    {application.secrets.map(({ hint, createdAt, expiresAt }) => (
                      <span key={hint}>
                        <span className="font-mono">{hint}</span>{' '}
                        {expiresAt
                          ? t('until', { at: formatDateTime(expiresAt, locale) })
                          : t('since', { at: formatDate(createdAt, locale) })}
                      </span>
                    ))}
                  </p>
                </div>
                {application.revokedAt ? (
                  <Badge>{t('revoked', { at: formatDate(application.revokedAt, locale) })}</Badge>
                ) : mayChange ? (
                  <div className="flex flex-wrap gap-2">
                    <DeedDialog
                      trigger={t('rotate')}
                      triggerLook={{ kind: 'quiet', size: 'small' }}
                      title={t('rotateTitle', { name: application.name })}
                      description={t('rotateText')}
                      words={{ ...rotateWords!, secret }}
                      deed={rotateApplicationSecret.bind(null, id)}
                    >
                      <Checkbox name="now" value="yes" label={t('endsNow')} description={t('endsNowText')} />
                    </DeedDialog>
                    <DeedDialog
                      trigger={t('revoke')}
                      triggerLook={{ kind: 'quiet', size: 'small' }}
                      title={t('revokeTitle', { name: application.name })}
                      description={t('revokeText')}
                      words={revokeWords!}
                      isDangerous
                      deed={revokeApplication.bind(null, id)}
                    />
                  </div>
                ) : null}
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
