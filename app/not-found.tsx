import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/components/ui/button-link'

/** Missing, or not the reader's: both answer alike (P6.2). */
export default async function NotFound() {
  const t = await getTranslations('shared.notFound')
  return (
    <main id="content" className="mx-auto flex min-h-[60dvh] max-w-md flex-col justify-center gap-3 px-5">
      <h1 className="text-2xl font-bold text-ink">{t('title')}</h1>
      <p className="text-ink-soft">{t('text')}</p>
      <ButtonLink href="/" className="mt-3 self-start">
        {t('home')}
      </ButtonLink>
    </main>
  )
}
