import { LogOut, ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { AccountNav } from '@/components/account/account-nav'
import { ButtonLink } from '@/components/ui/button-link'
import { Logo } from '@/components/ui/logo'
import { SubmitButton } from '@/components/ui/submit-button'
import { LanguageSwitch, ThemeSwitch } from '../_glue/reader-switches'
import { requirePerson } from '../_glue/session'
import { logOut } from './actions'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shared')
  return { title: { default: t('nav.account'), template: `%s · ${t('appName')}` }, robots: { index: false } }
}

/** The frame of My Moa. Each page asks who is logged in for itself; this one only needs the name. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const [person, t, security, messages] = await Promise.all([
    requirePerson('/account'),
    getTranslations('shared'),
    getTranslations('people.security'),
    getMessages(),
  ])
  return (
    <div className="mx-auto min-h-dvh w-full max-w-6xl lg:grid lg:grid-cols-[14rem_1fr] lg:gap-12 lg:px-8">
      <header className="flex items-center justify-between px-4 py-4 lg:sticky lg:top-0 lg:h-dvh lg:flex-col lg:items-stretch lg:justify-start lg:gap-8 lg:px-0 lg:py-8 print:hidden">
        <Link href="/account" className="rounded-md">
          <Logo name={t('appName')} />
        </Link>
        <AccountNav words={messages.account.nav} />
        <div className="flex items-center gap-2 lg:mt-auto lg:flex-col lg:items-stretch lg:gap-3">
          <p className="hidden truncate px-3 text-sm text-ink-soft lg:block">{person.name}</p>
          <ButtonLink href="/account/security" kind="quiet" size="small" className="lg:w-full lg:justify-start">
            <ShieldCheck aria-hidden />
            {security('title')}
          </ButtonLink>
          <form action={logOut}>
            <SubmitButton kind="quiet" size="small" className="lg:w-full lg:justify-start">
              <LogOut aria-hidden />
              {t('nav.logout')}
            </SubmitButton>
          </form>
          <div className="hidden flex-wrap gap-2 lg:flex">
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </div>
      </header>
      <main id="content" className="min-w-0 px-4 pt-2 pb-28 lg:px-0 lg:py-10">
        {children}
        <div className="mt-12 flex flex-wrap gap-2 lg:hidden print:hidden">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </main>
    </div>
  )
}
