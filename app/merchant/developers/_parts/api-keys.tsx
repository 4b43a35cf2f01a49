import { KeyRound, Plus } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDate } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { publicId } from '@/lib/ids'
import { deedWords } from '../../_parts/deed-words'
import { createApiKey, revokeApiKey } from '../actions'

/** The keys with which the shop's server calls the API. A secret is shown once, when it is made. */
export async function ApiKeys({ desk }: { desk: Desk }) {
  const { gateway, merchant, locale } = desk
  const [t, shared, keys, revokeWords] = await Promise.all([
    getTranslations('merchant.apiKeys'),
    getTranslations('shared'),
    gateway.merchants.apiKeys(merchant.id),
    getTranslations('merchant.apiKeys').then((words) => deedWords(words('revoke'))),
  ])
  const secret = { text: t('secret'), copy: shared('copy'), copied: shared('copied'), done: t('secretDone') }
  const mayChange = desk.may('api-key.change')
  // Test keys open nothing where payments are real.
  const isDemo = gateway.settings.MOA_MODE === 'demo'
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
              words={{ ...(await deedWords(t('create'))), secret }}
              deed={createApiKey}
            >
              <Field id="api-key-name" label={t('name')} hint={t('nameHint')}>
                <Input
                  {...fieldControl('api-key-name', { hint: t('nameHint') })}
                  name="name"
                  required
                  maxLength={60}
                  autoComplete="off"
                />
              </Field>
              <Field id="api-key-mode" label={t('mode')}>
                <Select id="api-key-mode" name="mode" defaultValue={isDemo ? 'test' : 'live'}>
                  {isDemo ? <option value="test">{t('modes.test')}</option> : null}
                  <option value="live">{t('modes.live')}</option>
                </Select>
              </Field>
            </DeedDialog>
          ) : null
        }
      />
      {keys.length === 0 ? (
        <EmptyState icon={KeyRound} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {keys.map((key) => (
            <li key={key.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 last:pb-0">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 text-sm font-medium text-ink">
                  {key.name}
                  <Badge tone={key.mode === 'live' ? 'accent' : 'neutral'}>{t(`modes.${key.mode}`)}</Badge>
                </p>
                <p className="text-xs text-ink-faint">
                  <span className="font-mono">{key.hint}</span> ·{' '}
                  {t('created', { at: formatDate(key.createdAt, locale) })}
                </p>
              </div>
              {key.revokedAt ? (
                <Badge>{t('revoked', { at: formatDate(key.revokedAt, locale) })}</Badge>
              ) : mayChange ? (
                <DeedDialog
                  trigger={t('revoke')}
                  triggerLook={{ kind: 'quiet', size: 'small' }}
                  title={t('revokeTitle', { name: key.name })}
                  description={t('revokeText')}
                  words={revokeWords}
                  isDangerous
                  deed={revokeApiKey.bind(null, publicId('key', key.id))}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
