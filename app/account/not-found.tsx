import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/components/ui/button-link'

export default async function NotFound() {
  const t = await getTranslations('shared.notFound')
  return (
    <div className="flex flex-col gap-3 py-10">
      <h1 className="text-2xl font-bold text-ink">{t('title')}</h1>
      <p className="text-ink-soft">{t('text')}</p>
      <ButtonLink href="/account" className="mt-3 self-start">
        {t('home')}
      </ButtonLink>
    </div>
  )
}
