import { KeyRound, Plus } from 'lucide-react'
import { getMessages, getTranslations } from 'next-intl/server'
import { PasskeyDialog } from '@/components/auth/passkey-dialog'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Passkey } from '@/lib/auth/second-factor'
import { addPasskey, beginPasskey, removePasskey } from '../actions'
import { securityWords } from './words'

interface Props {
  readonly passkeys: readonly Passkey[]
  /** Where passkeys can be made; undefined: nowhere. */
  readonly origin: string | undefined
  readonly date: (at: Date) => string
  /** Whether the reader may change them now. */
  readonly isProved: boolean
}

/** The passkeys somebody has, each by the name they gave it. */
export async function PasskeyPanel({ passkeys, origin, date, isProved }: Props) {
  const [t, messages] = await Promise.all([getTranslations('people.security.passkeys'), getMessages()])
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          origin === undefined || !isProved ? null : (
            <PasskeyDialog
              origin={origin}
              elsewhere={t('elsewhere', { origin })}
              failed={messages.people.security.fault.failed}
              begin={beginPasskey}
              add={addPasskey}
              trigger={
                <>
                  <Plus aria-hidden />
                  {t('add')}
                </>
              }
              triggerLook={{ size: 'small' }}
              title={t('add')}
              words={await securityWords(t('confirm'))}
            >
              <Field id="passkey-name" label={t('name')} hint={t('nameHint')}>
                <Input
                  {...fieldControl('passkey-name', { hint: t('nameHint') })}
                  name="name"
                  required
                  maxLength={60}
                  autoComplete="off"
                />
              </Field>
            </PasskeyDialog>
          )
        }
      />
      {passkeys.length === 0 ? (
        <p className="text-sm text-ink-soft">{origin === undefined ? t('noDomain') : t('none')}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {await Promise.all(
            passkeys.map(async ({ id, name, createdAt, lastUsedAt }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0 last:pb-0">
                <span className="flex min-w-0 items-center gap-3">
                  <KeyRound className="size-5 shrink-0 text-ink-faint" aria-hidden />
                  <span className="min-w-0">
                    <span className="block truncate text-sm font-medium text-ink">{name}</span>
                    <span className="block text-xs text-ink-faint">
                      {t('added', { date: date(createdAt) })} ·{' '}
                      {lastUsedAt ? t('used', { date: date(lastUsedAt) }) : t('never')}
                    </span>
                  </span>
                </span>
                {isProved ? (
                  <DeedDialog
                    trigger={t('remove')}
                    triggerLook={{ size: 'small', kind: 'quiet' }}
                    title={t('removeTitle', { name })}
                    description={t('removeText')}
                    words={await securityWords(t('remove'))}
                    isDangerous
                    deed={removePasskey.bind(null, id)}
                  />
                ) : null}
              </li>
            )),
          )}
        </ul>
      )}
    </Panel>
  )
}
