import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LogoMark } from '@/components/ui/logo'
import { LanguageSwitch, ThemeSwitch } from '../_glue/reader-switches'

export const dynamic = 'force-dynamic'

export default async function CheckoutLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('shared')
  return (
    <div className="flex min-h-dvh flex-col">
      <div className="flex flex-1 flex-col">{children}</div>
      <footer className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-4 sm:px-8 print:hidden">
        <span className="flex items-center gap-2 text-sm text-ink-faint">
          <LogoMark className="size-5" />
          {t('appName')}
        </span>
        <span className="flex flex-wrap gap-2">
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </footer>
    </div>
  )
}
