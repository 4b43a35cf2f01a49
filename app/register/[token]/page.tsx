import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import { EntranceFrame } from '@/app/_glue/entrance-frame'
import { runningGateway } from '@/app/_glue/gateway'
import { ProveForm } from '@/components/auth/prove-form'
import { ButtonLink } from '@/components/ui/button-link'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.prove')
  return { title: t('title'), robots: { index: false }, referrer: 'no-referrer' }
}

/** Where the link of the mail leads that proves somebody's address. Looking at it changes nothing: mail programs do that too. */
export default async function ProvePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [gateway, t, messages] = await Promise.all([runningGateway(), getTranslations('auth'), getMessages()])
  const registration = await gateway.registrations.read(token)
  if (!registration) {
    return (
      <EntranceFrame title={t('prove.goneTitle')} text={t('prove.gone')}>
        <div className="flex flex-col gap-3">
          <ButtonLink href="/login" kind="primary" size="large">
            {t('login.submit')}
          </ButtonLink>
          <ButtonLink href="/register" size="large">
            {t('register.submit')}
          </ButtonLink>
        </div>
      </EntranceFrame>
    )
  }
  const { email, next } = registration
  const { prove, register, login } = messages.auth
  return (
    <EntranceFrame title={t('prove.title')} text={t('prove.text', { email })}>
      <ProveForm
        words={{ prove, register, login }}
        offer={gateway.sealedInput.offer('registration')}
        token={token}
        email={email}
        next={next}
      />
    </EntranceFrame>
  )
}
