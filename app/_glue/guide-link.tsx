import { BookOpen } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/components/ui/button-link'

/** Leads from somebody's work to the guide for it. */
export async function GuideLink({ guide }: { guide: 'shop' | 'counselor' | 'operator' }) {
  const t = await getTranslations('docs')
  return (
    <ButtonLink href={`/docs/${guide}`} kind="quiet" size="small">
      <BookOpen aria-hidden />
      {t('title')}
    </ButtonLink>
  )
}
