import { FileKey, Plus } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDate } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { TextArea } from '@/components/ui/text-area'
import { deedWords } from '../../_parts/deed-words'
import { addMerchantKey, revokeMerchantKey } from '../actions'

/** The public keys by which we know what the shop has signed. */
export async function SignatureKeys({ desk }: { desk: Desk }) {
  const { gateway, merchant, locale } = desk
  const [t, keys] = await Promise.all([getTranslations('merchant.signatureKeys'), gateway.merchants.keys(merchant.id)])
  const revokeWords = await deedWords(t('revoke'))
  const mayChange = desk.may('merchant-key.change')
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          mayChange ? (
            <DeedDialog
              trigger={
                <>
                  <Plus aria-hidden />
                  {t('add')}
                </>
              }
              triggerLook={{ size: 'small' }}
              title={t('add')}
              description={t('addText')}
              words={await deedWords(t('add'))}
              deed={addMerchantKey}
            >
              <Field id="jwk" label={t('jwk')} hint={t('jwkHint')}>
                <TextArea
                  {...fieldControl('jwk', { hint: t('jwkHint') })}
                  name="jwk"
                  required
                  rows={7}
                  spellCheck={false}
                  className="font-mono text-sm"
                  placeholder={'{ "kty": "OKP", "crv": "Ed25519", "kid": "…", "x": "…" }'}
                />
              </Field>
            </DeedDialog>
          ) : null
        }
      />
      {keys.length === 0 ? (
        <EmptyState icon={FileKey} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {keys.map((key) => (
            <li key={key.kid} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 last:pb-0">
              <div className="min-w-0">
                <p className="font-mono text-sm break-all text-ink">{key.kid}</p>
                <p className="text-xs text-ink-faint">
                  {key.jwk.crv} · {t('since', { at: formatDate(key.validFrom, locale) })}
                </p>
              </div>
              {key.revokedAt ? (
                <Badge>{t('revoked', { at: formatDate(key.revokedAt, locale) })}</Badge>
              ) : mayChange ? (
                <DeedDialog
                  trigger={t('revoke')}
                  triggerLook={{ kind: 'quiet', size: 'small' }}
                  title={t('revokeTitle', { kid: key.kid })}
                  description={t('revokeText')}
                  words={revokeWords}
                  isDangerous
                  deed={revokeMerchantKey.bind(null, key.kid)}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
