import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { headingsOf, Markdown, titleOf } from '@/components/docs/markdown'
import { PageHeader } from '@/components/ui/page-header'
import { isGuide, readGuide } from '../_parts/guides'

interface Props {
  params: Promise<{ guide: string }>
}

async function textOf({ params }: Props): Promise<string> {
  const [{ guide }, locale] = await Promise.all([params, getLocale()])
  if (!isGuide(guide)) notFound()
  return readGuide(guide, locale)
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: titleOf(await textOf(props)) }
}

/** One guide, with a list of its parts. */
export default async function GuidePage(props: Props) {
  const [text, t] = await Promise.all([textOf(props), getTranslations('docs')])
  const headings = headingsOf(text)
  return (
    <div className="flex flex-col gap-x-10 gap-y-6 lg:flex-row-reverse lg:items-start lg:justify-end">
      {headings.length > 1 ? (
        <nav aria-label={t('contents')} className="text-sm lg:sticky lg:top-6 lg:w-56 lg:shrink-0">
          <p className="mb-2 text-xs font-semibold text-ink-faint">{t('contents')}</p>
          <ul className="flex flex-col gap-1">
            {headings.map(({ id, text: heading }) => (
              <li key={id}>
                <a className="inline-block py-0.5 text-ink-soft hover:text-ink hover:underline" href={`#${id}`}>
                  {heading}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      <main id="content" className="max-w-3xl min-w-0 flex-1">
        <PageHeader title={titleOf(text)} />
        <Markdown text={text} />
      </main>
    </div>
  )
}
