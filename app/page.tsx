import { FileSignature, Layers, Scale } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { ButtonLink } from '@/components/ui/button-link'
import { Logo } from '@/components/ui/logo'
import { StackedBar } from '@/components/ui/stacked-bar'
import { LanguageSwitch, ThemeSwitch } from './_glue/reader-switches'
import { currentPerson } from './_glue/session'

export const dynamic = 'force-dynamic'

const POINTS = [
  { key: 'split', Icon: Scale },
  { key: 'whole', Icon: Layers },
  { key: 'proof', Icon: FileSignature },
] as const

/** What Moa is, and the ways in. */
export default async function HomePage() {
  const [t, person] = await Promise.all([getTranslations('shared'), currentPerson()])
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col px-5 sm:px-8">
      <header className="flex items-center justify-between gap-4 py-5">
        <Logo name={t('appName')} />
        <nav aria-label={t('home.ways')} className="flex items-center gap-1">
          <ButtonLink kind="quiet" size="small" href="/merchant">
            {t('home.shop')}
          </ButtonLink>
          {person ? null : (
            <ButtonLink kind="secondary" size="small" href="/login">
              {t('nav.login')}
            </ButtonLink>
          )}
        </nav>
      </header>
      <main id="content" className="flex flex-1 flex-col justify-center gap-14 py-14">
        <div>
          <StackedBar
            className="mb-8 h-5 max-w-md"
            label={t('tagline')}
            parts={[
              { id: 'a', label: '', value: 48 },
              { id: 'b', label: '', value: 31 },
              { id: 'c', label: '', value: 21 },
            ]}
          />
          <h1 className="text-4xl font-bold whitespace-pre-line text-ink">{t('home.title')}</h1>
          <p className="mt-4 max-w-xl text-lg text-ink-soft">{t('home.text')}</p>
          <div className="mt-7 flex flex-wrap gap-2.5">
            <ButtonLink kind="primary" size="large" href="/account">
              {t('home.account')}
            </ButtonLink>
            {person ? null : (
              <ButtonLink size="large" href="/register">
                {t('home.register')}
              </ButtonLink>
            )}
          </div>
        </div>
        <ul className="grid gap-8 border-t border-line pt-10 sm:grid-cols-3">
          {POINTS.map(({ key, Icon }) => (
            <li key={key}>
              <Icon className="size-6 text-accent" aria-hidden />
              <h2 className="mt-3 font-semibold text-ink">{t(`home.points.${key}`)}</h2>
              <p className="mt-1 text-sm text-ink-soft">{t(`home.points.${key}Text`)}</p>
            </li>
          ))}
        </ul>
      </main>
      <footer className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-5">
        <nav aria-label={t('home.developers')} className="flex flex-wrap gap-x-5 text-sm text-ink-faint">
          <Link href="/docs" className="hover:text-ink">
            {t('home.docs')}
          </Link>
          <a href="/api/v1/openapi.json" className="hover:text-ink">
            {t('home.api')}
          </a>
          <Link href="/docs/errors" className="hover:text-ink">
            {t('home.errors')}
          </Link>
        </nav>
        <span className="flex flex-wrap gap-2">
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </footer>
    </div>
  )
}
