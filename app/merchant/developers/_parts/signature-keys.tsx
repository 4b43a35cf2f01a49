import { FileKey, Plus } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDate } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { IssueKeyDialog } from '@/components/merchant/issue-key-dialog'
import { Badge, type Tone } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { DAY_MS } from '@/lib/clock'
import { publicId } from '@/lib/ids'
import type { RegisteredKey } from '@/lib/merchants/merchant'
import { deedWords } from '../../_parts/deed-words'
import { addMerchantKey, issueMerchantKey, revokeMerchantKey } from '../key-actions'

/** The public keys by which we know what the shop has signed, with the certificates that say whose they are. */
export async function SignatureKeys({ desk }: { desk: Desk }) {
  const { gateway, merchant } = desk
  const [t, shared, keys] = await Promise.all([
    getTranslations('merchant.signatureKeys'),
    getTranslations('shared'),
    gateway.merchants.keys(merchant.id),
  ])
  const secret = { text: t('secret'), copy: shared('copy'), copied: shared('copied'), done: t('secretDone') }
  const plus = (text: string) => (
    <>
      <Plus aria-hidden />
      {text}
    </>
  )
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          desk.may('merchant-key.change') ? (
            <span className="flex flex-wrap gap-2">
              <IssueKeyDialog
                merchantId={publicId('mer', merchant.id)}
                trigger={plus(t('issue'))}
                triggerLook={{ size: 'small' }}
                title={t('issue')}
                description={t('issueText')}
                words={{ ...(await deedWords(t('issue'))), secret }}
                deed={issueMerchantKey}
              >
                <LifeField id="issue-days" />
              </IssueKeyDialog>
              <DeedDialog
                trigger={plus(t('add'))}
                triggerLook={{ size: 'small' }}
                title={t('add')}
                description={t('addText')}
                words={await deedWords(t('add'))}
                deed={addMerchantKey}
              >
                <Field id="key" label={t('key')} hint={t('keyHint')}>
                  <TextArea
                    {...fieldControl('key', { hint: t('keyHint') })}
                    name="key"
                    required
                    rows={7}
                    spellCheck={false}
                    className="font-mono text-sm"
                    placeholder={'{ "kty": "OKP", "crv": "Ed25519", "kid": "…", "x": "…" }'}
                  />
                </Field>
                <Field id="kid" label={t('kid')} hint={t('kidHint')}>
                  <Input
                    {...fieldControl('kid', { hint: t('kidHint') })}
                    name="kid"
                    maxLength={64}
                    autoComplete="off"
                  />
                </Field>
                <LifeField id="days" />
              </DeedDialog>
            </span>
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
            <KeyRow key={key.kid} desk={desk} registered={key} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

const LIVES = [90, 365, 730] as const

async function LifeField({ id }: { id: string }) {
  const t = await getTranslations('merchant.signatureKeys')
  return (
    <Field id={id} label={t('life')} hint={t('lifeHint')}>
      <Select {...fieldControl(id, { hint: t('lifeHint') })} name="days" defaultValue="365">
        {LIVES.map((days) => (
          <option key={days} value={days}>
            {t(`lives.${days}`)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

type KeyState = 'live' | 'ending' | 'not-yet' | 'expired' | 'revoked'

const TONES: Readonly<Record<KeyState, Tone>> = {
  live: 'good',
  ending: 'warn',
  'not-yet': 'info',
  expired: 'bad',
  revoked: 'neutral',
}

/** A month is time enough to bring the next key into use. */
const ENDING_MS = 30 * DAY_MS

function stateOf({ revokedAt, validFrom, validUntil }: RegisteredKey, now: Date): KeyState {
  if (revokedAt) return 'revoked'
  if (validFrom > now) return 'not-yet'
  if (!validUntil) return 'live'
  if (validUntil <= now) return 'expired'
  return validUntil.getTime() - now.getTime() < ENDING_MS ? 'ending' : 'live'
}

async function KeyRow({ desk, registered }: { desk: Desk; registered: RegisteredKey }) {
  const { gateway, locale } = desk
  const t = await getTranslations('merchant.signatureKeys')
  const { kid, jwk, source, authority, validFrom, validUntil, revokedAt, lastUsedAt } = registered
  const state = stateOf(registered, gateway.clock.now())
  const isOurs = gateway.trust.anchors.some(({ fingerprint }) => fingerprint === authority)
  const day = (at: Date) => formatDate(at, locale)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 last:pb-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-mono text-sm break-all text-ink">{kid}</span>
          <Badge tone={TONES[state]}>{revokedAt ? t('revoked', { at: day(revokedAt) }) : t(`states.${state}`)}</Badge>
        </p>
        <p className="text-xs text-ink-faint">
          {jwk.crv} · {t(`sources.${source}`)} · {t(isOurs ? 'byUs' : authority ? 'byYours' : 'byNobody')}
        </p>
        <p className="text-xs text-ink-faint">
          {validUntil
            ? t('between', { from: day(validFrom), until: day(validUntil) })
            : t('since', { at: day(validFrom) })}
          {' · '}
          {lastUsedAt ? t('used', { at: day(lastUsedAt) }) : t('unused')}
        </p>
      </div>
      {!revokedAt && desk.may('merchant-key.change') ? (
        <DeedDialog
          trigger={t('revoke')}
          triggerLook={{ kind: 'quiet', size: 'small' }}
          title={t('revokeTitle', { kid })}
          description={t('revokeText')}
          words={await deedWords(t('revoke'))}
          isDangerous
          deed={revokeMerchantKey.bind(null, kid)}
        />
      ) : null}
    </li>
  )
}
