import { getTranslations } from 'next-intl/server'
import { buttonLook } from '@/components/ui/button-look'

/** Missing, or not the reader's: both answer alike (P6.2). */
export default async function NotFound() {
  const t = await getTranslations('shared.notFound')
  return (
    <main id="content" className="mx-auto flex min-h-[60dvh] max-w-md flex-col justify-center gap-3 px-5">
      <h1 className="text-2xl font-bold text-ink">{t('title')}</h1>
      <p className="text-ink-soft">{t('text')}</p>
      {/* Not a Link: this page belongs to every other, and would bring them all the router's part for links. */}
      <form action="/" className="mt-3">
        <button className={buttonLook({})}>{t('home')}</button>
      </form>
    </main>
  )
}
