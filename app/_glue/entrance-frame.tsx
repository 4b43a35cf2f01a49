import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Logo } from '@/components/ui/logo'
import { LanguageSwitch, ThemeSwitch } from './reader-switches'

/** The page around a short form: logo above, the form, the reader's switches below. */
export async function EntranceFrame({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const t = await getTranslations('shared')
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-5 py-8">
      <header className="flex">
        <Link href="/" className="rounded-md">
          <Logo name={t('appName')} />
        </Link>
      </header>
      <main id="content" className="flex flex-1 flex-col justify-center py-10">
        <h1 className="text-2xl font-bold text-ink">{title}</h1>
        <p className="mt-1 mb-6 text-ink-soft">{text}</p>
        {children}
      </main>
      <footer className="flex flex-wrap gap-2">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </div>
  )
}
