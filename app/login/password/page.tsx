import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { EntranceFrame } from '@/app/_glue/entrance-frame'
import { runningGateway } from '@/app/_glue/gateway'
import { currentPerson } from '@/app/_glue/session'
import { ForgotForm } from '@/components/auth/forgot-form'
import { askForReset } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.forgot')
  return { title: t('title') }
}

/** For whoever has forgotten their password: where to write to. */
export default async function ForgotPage() {
  if (await currentPerson()) redirect('/account/security')
  const [gateway, t, messages] = await Promise.all([runningGateway(), getTranslations('auth.forgot'), getMessages()])
  return (
    <EntranceFrame title={t('title')} text={t('text')}>
      <ForgotForm words={messages.auth.forgot} offer={gateway.sealedInput.offer('forgot')} ask={askForReset} />
      <p className="mt-6 text-sm text-ink-soft">
        {t('remembered')}{' '}
        <Link href="/login" className="font-semibold text-accent underline">
          {t('login')}
        </Link>
      </p>
    </EntranceFrame>
  )
}
