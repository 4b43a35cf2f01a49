import { Plus, Trash2 } from 'lucide-react'
import { getMessages, getTranslations } from 'next-intl/server'
import { AuthenticatorKey } from '@/components/auth/authenticator-key'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { beginAuthenticator, confirmAuthenticator, removeAuthenticator } from '../actions'
import { securityWords } from './words'

interface Props {
  readonly since: Date | undefined
  readonly date: (at: Date) => string
  /** Whether the reader may change it now. */
  readonly isProved: boolean
}

/** The app that shows six digits: set up with a QR code, or taken away. */
export async function AuthenticatorPanel({ since, date, isProved }: Props) {
  const [t, messages] = await Promise.all([getTranslations('people.security.app'), getMessages()])
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          !isProved ? null : since ? (
            <DeedDialog
              key="remove"
              trigger={
                <>
                  <Trash2 aria-hidden />
                  {t('remove')}
                </>
              }
              triggerLook={{ size: 'small' }}
              title={t('removeTitle')}
              description={t('removeText')}
              words={await securityWords(t('remove'))}
              isDangerous
              deed={removeAuthenticator}
            />
          ) : (
            <DeedDialog
              key="add"
              trigger={
                <>
                  <Plus aria-hidden />
                  {t('add')}
                </>
              }
              triggerLook={{ size: 'small', kind: 'primary' }}
              title={t('add')}
              description={t('scan')}
              words={await securityWords(t('confirm'))}
              deed={confirmAuthenticator}
            >
              <AuthenticatorKey words={messages.people.security.app} begin={beginAuthenticator} />
              <Field id="app-code" label={t('code')}>
                <Input
                  id="app-code"
                  name="code"
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  required
                  maxLength={7}
                  className="figures tracking-widest"
                />
              </Field>
            </DeedDialog>
          )
        }
      />
      <p className="text-sm text-ink">{since ? t('since', { date: date(since) }) : t('none')}</p>
      {since ? <p className="mt-1 text-sm text-ink-faint">{t('replace')}</p> : null}
    </Panel>
  )
}
