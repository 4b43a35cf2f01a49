import { AppWindow, Plus } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDate } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Checkbox } from '@/components/ui/checkbox'
import { CopyButton } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { TextArea } from '@/components/ui/text-area'
import { publicId } from '@/lib/ids'
import { type Scope, scopes } from '@/lib/oauth/oauth-client'
import { deedWords } from '../../_parts/deed-words'
import { createOAuthClient, revokeOAuthClient } from '../oauth-actions'

// Texts are found by a path of points and colons, so scopes have names of their own.
const SCOPE_NAMES = {
  'carrier-billing:payments:create': 'create',
  'carrier-billing:payments:read': 'read',
  'carrier-billing:payments:write': 'write',
  'carrier-billing-refund:refunds:create': 'refund',
  'carrier-billing-refund:refunds:read': 'readRefunds',
} as const satisfies Record<Scope, string>

/** The programs that speak the CAMARA interface for the shop. A secret is shown once, when it is made. */
export async function OAuthClients({ desk }: { desk: Desk }) {
  const { gateway, merchant, locale } = desk
  const [t, shared, clients] = await Promise.all([
    getTranslations('merchant.oauthClients'),
    getTranslations('shared'),
    gateway.oauth.clients(merchant.id),
  ])
  const secret = { text: t('secret'), copy: shared('copy'), copied: shared('copied'), done: t('secretDone') }
  const revokeWords = await deedWords(t('revoke'))
  const mayChange = desk.may('oauth-client.change')
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
              deed={createOAuthClient}
            >
              <Field id="oauth-client-name" label={t('name')}>
                <Input
                  {...fieldControl('oauth-client-name', {})}
                  name="name"
                  required
                  maxLength={60}
                  autoComplete="off"
                />
              </Field>
              <fieldset className="flex flex-col gap-3">
                <legend className="mb-1.5 text-sm font-medium text-ink">{t('scopes')}</legend>
                {scopes.map((scope) => (
                  <Checkbox
                    key={scope}
                    name="scope"
                    value={scope}
                    defaultChecked
                    label={t(`scope.${SCOPE_NAMES[scope]}`)}
                    description={<span className="font-mono text-xs">{scope}</span>}
                  />
                ))}
              </fieldset>
              <Field id="oauth-client-redirects" label={t('redirects')} hint={t('redirectsHint')}>
                <TextArea
                  {...fieldControl('oauth-client-redirects', { hint: t('redirectsHint') })}
                  name="redirects"
                  maxLength={5000}
                  spellCheck={false}
                />
              </Field>
            </DeedDialog>
          ) : null
        }
      />
      {clients.length === 0 ? (
        <EmptyState icon={AppWindow} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {clients.map((client) => (
            <li key={client.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 last:pb-0">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 text-sm font-medium text-ink">
                  {client.name}
                  {client.vouches ? <Badge tone="accent">{t('vouches')}</Badge> : null}
                </p>
                <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-faint">
                  <span className="font-mono break-all">{publicId('ocl', client.id)}</span>
                  <CopyButton text={publicId('ocl', client.id)} label={shared('copy')} done={shared('copied')} />
                  <span className="font-mono">{client.hint}</span>
                  <span>{t('created', { at: formatDate(client.createdAt, locale) })}</span>
                </p>
              </div>
              {client.revokedAt ? (
                <Badge>{t('revoked', { at: formatDate(client.revokedAt, locale) })}</Badge>
              ) : mayChange ? (
                <DeedDialog
                  trigger={t('revoke')}
                  triggerLook={{ kind: 'quiet', size: 'small' }}
                  title={t('revokeTitle', { name: client.name })}
                  description={t('revokeText')}
                  words={revokeWords}
                  isDangerous
                  deed={revokeOAuthClient.bind(null, publicId('ocl', client.id))}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
