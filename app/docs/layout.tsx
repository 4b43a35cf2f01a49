import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Logo } from '@/components/ui/logo'
import { LanguageSwitch, ThemeSwitch } from '../_glue/reader-switches'
import { guides } from './_parts/guides'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('docs')
  return { title: { default: t('title'), template: `%s · ${t('title')}` } }
}

/** The frame around everything that explains Moa to people. */
export default async function DocsLayout({ children }: { children: ReactNode }) {
  const [t, shared] = await Promise.all([getTranslations('docs'), getTranslations('shared')])
  const places = [
    ...guides.map((guide) => ({ href: `/docs/${guide}`, label: t(`guides.${guide}.title`) })),
    { href: '/docs/api', label: t('api.title') },
    { href: '/docs/errors', label: t('errors.title') },
  ]
  return (
    <div className="mx-auto w-full max-w-5xl px-5 sm:px-8">
      <header className="flex flex-wrap items-center justify-between gap-4 py-5">
        <Link href="/" className="rounded-md">
          <Logo name={shared('appName')} />
        </Link>
        <span className="flex flex-wrap gap-2">
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <nav aria-label={t('title')} className="flex flex-wrap gap-x-5 gap-y-1 border-b border-line pb-3 text-sm">
        <Link className="py-1 font-semibold text-ink hover:underline" href="/docs">
          {t('title')}
        </Link>
        {places.map(({ href, label }) => (
          <Link key={href} className="py-1 text-ink-soft hover:text-ink hover:underline" href={href}>
            {label}
          </Link>
        ))}
      </nav>
      <div className="py-8">{children}</div>
    </div>
  )
}
