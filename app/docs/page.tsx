import { BookOpen, Code, Headset, LifeBuoy, Server, Store } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { PageHeader } from '@/components/ui/page-header'

const PLACES = [
  { href: '/docs/shop', key: 'guides.shop', Icon: Store },
  { href: '/docs/operator', key: 'guides.operator', Icon: Server },
  { href: '/docs/counselor', key: 'guides.counselor', Icon: Headset },
  { href: '/docs/api', key: 'api', Icon: Code },
  { href: '/docs/errors', key: 'errors', Icon: LifeBuoy },
  { href: '/docs/glossary', key: 'guides.glossary', Icon: BookOpen },
] as const

/** Where to begin, by who one is. */
export default async function DocsPage() {
  const t = await getTranslations('docs')
  return (
    <main id="content">
      <PageHeader title={t('title')} description={t('text')} />
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {PLACES.map(({ href, key, Icon }) => (
          <li key={href}>
            <Link
              href={href}
              className="flex h-full flex-col gap-2 rounded-xl bg-raised p-5 ring-1 ring-line hover:bg-hover"
            >
              <Icon className="size-6 text-accent" aria-hidden />
              <span className="font-semibold text-ink">{t(`${key}.title`)}</span>
              <span className="text-sm text-ink-soft">{t(`${key}.text`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </main>
  )
}
