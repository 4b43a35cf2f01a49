import { LogOut } from 'lucide-react'
import type { Metadata } from 'next'
import { getFormatter, getMessages, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { localAddress } from '@/app/_glue/local-address'
import { requireSession, sessionToken } from '@/app/_glue/session'
import { PasswordForm } from '@/components/auth/password-form'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { ButtonLink } from '@/components/ui/button-link'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { AuthenticatorPanel } from './_parts/authenticator-panel'
import { PasskeyPanel } from './_parts/passkey-panel'
import { ProveAgainPanel } from './_parts/prove-again-panel'
import { RecoveryPanel } from './_parts/recovery-panel'
import { securityWords } from './_parts/words'
import { changePassword, endAllSessions } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people.security')
  return { title: t('title') }
}

/** How the reader logs in. Whoever works for a shop that asks for a second factor is led here until they have one. */
export default async function SecurityPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const asked = (await searchParams).next
  const next = asked === undefined ? undefined : localAddress(asked, '/account')
  const [{ person, hasSecondFactor }, gateway, t, messages, format] = await Promise.all([
    requireSession('/account/security'),
    runningGateway(),
    getTranslations('people.security'),
    getMessages(),
    getFormatter(),
  ])
  const [factors, isProved] = await Promise.all([
    gateway.secondFactors.of(person.id),
    sessionToken().then((token) => gateway.sessions.isProved(token ?? '')),
  ])
  const date = (at: Date) => format.dateTime(at, { dateStyle: 'medium' })
  const words = { ...messages.auth.register, ...messages.people.security.password }
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <div className="flex max-w-3xl flex-col gap-5">
        {next === undefined ? null : hasSecondFactor ? (
          <Notice
            tone="good"
            actions={
              <ButtonLink href={next} kind="primary">
                {t('goOn')}
              </ButtonLink>
            }
          />
        ) : (
          <Notice tone="warn" title={t('needed.title')}>
            {t('needed.text')}
          </Notice>
        )}
        {isProved ? null : <ProveAgainPanel />}
        <AuthenticatorPanel since={factors.authenticatorSince} date={date} isProved={isProved} />
        <PasskeyPanel
          passkeys={factors.passkeys}
          origin={gateway.secondFactors.passkeysFor?.origin}
          date={date}
          isProved={isProved}
        />
        {hasSecondFactor ? <RecoveryPanel left={factors.recoveryCodesLeft} isProved={isProved} /> : null}
        <Panel>
          <PanelHeader title={t('password.title')} description={t('password.text')} />
          <PasswordForm
            words={words}
            faults={messages.people.security.fault}
            offer={gateway.sealedInput.offer('password')}
            change={changePassword}
          />
        </Panel>
        <Panel>
          <PanelHeader
            title={t('sessions.title')}
            description={t('sessions.text')}
            actions={
              <DeedDialog
                icon={<LogOut aria-hidden />}
                trigger={t('sessions.end')}
                triggerLook={{ size: 'small' }}
                title={t('sessions.endTitle')}
                description={t('sessions.endText')}
                words={await securityWords(t('sessions.end'))}
                deed={endAllSessions}
              />
            }
          />
        </Panel>
      </div>
    </>
  )
}
