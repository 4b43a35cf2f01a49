import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { LoginForm } from '@/components/auth/login-form'
import { Notice } from '@/components/ui/notice'
import { EntranceFrame } from '../_glue/entrance-frame'
import { runningGateway } from '../_glue/gateway'
import { localAddress } from '../_glue/local-address'
import { currentPerson, pendingPerson } from '../_glue/session'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.login')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ next?: string; registered?: string; joined?: string; changed?: string }>
}

export default async function LoginPage({ searchParams }: Props) {
  const { next: asked, registered, joined, changed } = await searchParams
  const next = localAddress(asked, '/account')
  if (await currentPerson()) redirect(next)
  if (await pendingPerson()) redirect(`/login/second-factor?next=${encodeURIComponent(next)}`)
  const [gateway, t, invited, messages] = await Promise.all([
    runningGateway(),
    getTranslations('auth.login'),
    getTranslations('people.invitation'),
    getMessages(),
  ])
  const news = [
    { said: joined, text: invited('welcome') },
    { said: registered, text: t('welcome') },
    { said: changed, text: t('changed') },
  ].find(({ said }) => said !== undefined)?.text
  return (
    <EntranceFrame title={t('title')} text={t('text')}>
      {news === undefined ? null : (
        <Notice tone="good" className="mb-5">
          {news}
        </Notice>
      )}
      <LoginForm words={messages.auth} offer={gateway.sealedInput.offer('login')} />
      <Link href="/login/password" className="mt-6 self-start text-sm font-semibold text-accent underline">
        {t('forgot')}
      </Link>
      <p className="mt-3 text-sm text-ink-soft">
        {t('none')}{' '}
        <Link href={`/register?next=${encodeURIComponent(next)}`} className="font-semibold text-accent underline">
          {t('register')}
        </Link>
      </p>
    </EntranceFrame>
  )
}
