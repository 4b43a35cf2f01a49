'use client'

import en from '@/locales/en/error.json'
import ko from '@/locales/ko/error.json'

/**
 * A mistake of ours: says so, and what it means for a payment. The number finds it in the log. It belongs to every page,
 * so it brings nothing along: no component of the design system, and its own few texts in both languages.
 */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const words = typeof document !== 'undefined' && document.documentElement.lang === 'en' ? en : ko
  return (
    <main id="content" className="mx-auto flex min-h-[60dvh] max-w-md flex-col justify-center gap-3 px-5" role="alert">
      <h1 className="text-2xl font-bold text-ink">{words.title}</h1>
      <p className="text-ink-soft">{words.text}</p>
      {error.digest ? (
        <p className="figures text-sm text-ink-faint">{words.number.replace('{digest}', error.digest)}</p>
      ) : null}
      <button
        type="button"
        className="mt-3 h-11 self-start rounded-md bg-accent px-4 text-sm font-semibold text-on-accent hover:bg-accent-strong"
        onClick={reset}
      >
        {words.again}
      </button>
    </main>
  )
}
