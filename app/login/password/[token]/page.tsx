import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import { EntranceFrame } from '@/app/_glue/entrance-frame'
import { runningGateway } from '@/app/_glue/gateway'
import { NewPasswordForm } from '@/components/auth/new-password-form'
import { ButtonLink } from '@/components/ui/button-link'
import { choosePassword } from '../actions'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.reset')
  return { title: t('title'), robots: { index: false }, referrer: 'no-referrer' }
}

/** Where the link of the mail leads to whoever has forgotten their password. Looking at it changes nothing: mail programs do that too. */
export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [gateway, t, messages] = await Promise.all([runningGateway(), getTranslations('auth'), getMessages()])
  const whose = await gateway.passwordResets.read(token)
  if (!whose) {
    return (
      <EntranceFrame title={t('reset.goneTitle')} text={t('reset.gone')}>
        <div className="flex flex-col gap-3">
          <ButtonLink href="/login/password" kind="primary" size="large">
            {t('reset.askAgain')}
          </ButtonLink>
          <ButtonLink href="/login" size="large">
            {t('login.submit')}
          </ButtonLink>
        </div>
      </EntranceFrame>
    )
  }
  const { reset, register } = messages.auth
  return (
    <EntranceFrame title={t('reset.title')} text={t('reset.text', { email: whose.email })}>
      <NewPasswordForm
        words={{ reset, register }}
        offer={gateway.sealedInput.offer('reset')}
        token={token}
        email={whose.email}
        choose={choosePassword}
      />
    </EntranceFrame>
  )
}
