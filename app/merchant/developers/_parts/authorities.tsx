import { Plus, ShieldCheck } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDate } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { deedWords } from '../../_parts/deed-words'
import { addMerchantAuthority, removeMerchantAuthority } from '../key-actions'

/** Certification authorities of the shop's own: for its keys, and for its server when the line is mutual. */
export async function Authorities({ desk }: { desk: Desk }) {
  const { gateway, merchant, locale } = desk
  const [t, authorities] = await Promise.all([
    getTranslations('merchant.authorities'),
    gateway.merchants.authorities(merchant.id),
  ])
  const mayChange = desk.may('merchant-key.change')
  const removeWords = await deedWords(t('remove'))
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          mayChange ? (
            <DeedDialog
              icon={<Plus aria-hidden />}
              trigger={t('add')}
              triggerLook={{ size: 'small' }}
              title={t('add')}
              words={await deedWords(t('add'))}
              deed={addMerchantAuthority}
            >
              <Field id="authority-use" label={t('use')}>
                <Select id="authority-use" name="use" defaultValue="keys">
                  <option value="keys">{t('uses.keys')}</option>
                  <option value="tls">{t('uses.tls')}</option>
                </Select>
              </Field>
              <Field id="authority-pem" label={t('pem')} hint={t('pemHint')}>
                <TextArea
                  {...fieldControl('authority-pem', { hint: t('pemHint') })}
                  name="pem"
                  required
                  rows={7}
                  spellCheck={false}
                  className="font-mono text-sm"
                  placeholder="-----BEGIN CERTIFICATE-----"
                />
              </Field>
            </DeedDialog>
          ) : null
        }
      />
      {authorities.length === 0 ? (
        <EmptyState icon={ShieldCheck} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {authorities.map(({ use, fingerprint, name, validUntil }) => (
            <li
              key={use + fingerprint}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 last:pb-0"
            >
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 text-sm font-medium break-all text-ink">
                  {name}
                  <Badge>{t(`uses.${use}`)}</Badge>
                </p>
                <p className="text-xs break-all text-ink-faint">
                  <span className="font-mono">SHA-256 {fingerprint}</span> ·{' '}
                  {t('until', { at: formatDate(validUntil, locale) })}
                </p>
              </div>
              {mayChange ? (
                <DeedDialog
                  trigger={t('remove')}
                  triggerLook={{ kind: 'quiet', size: 'small' }}
                  title={t('removeTitle', { name })}
                  description={t(use === 'keys' ? 'removeKeysText' : 'removeTlsText')}
                  words={removeWords}
                  isDangerous
                  deed={removeMerchantAuthority.bind(null, use, fingerprint)}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
