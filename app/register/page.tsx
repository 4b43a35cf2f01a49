import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { RegisterForm } from '@/components/auth/register-form'
import { EntranceFrame } from '../_glue/entrance-frame'
import { runningGateway } from '../_glue/gateway'
import { localAddress } from '../_glue/local-address'
import { currentPerson } from '../_glue/session'
import { register } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.register')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ next?: string }>
}

export default async function RegisterPage({ searchParams }: Props) {
  const next = localAddress((await searchParams).next, '/account')
  if (await currentPerson()) redirect(next)
  const [gateway, t, messages] = await Promise.all([runningGateway(), getTranslations('auth.register'), getMessages()])
  const loginAddress = `/login?next=${encodeURIComponent(next)}`
  return (
    <EntranceFrame title={t('title')} text={t('text')}>
      <RegisterForm
        words={messages.auth.register}
        offer={gateway.sealedInput.offer('register')}
        register={register.bind(null, next)}
        loginAddress={`${loginAddress}&registered`}
      />
      <p className="mt-6 text-sm text-ink-soft">
        {t('have')}{' '}
        <Link href={loginAddress} className="font-semibold text-accent underline">
          {t('login')}
        </Link>
      </p>
    </EntranceFrame>
  )
}
