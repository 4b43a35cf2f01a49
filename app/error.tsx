'use client'

import { Button } from '@/components/ui/button'
import en from '@/locales/en/shared.json'
import ko from '@/locales/ko/shared.json'

/** A mistake of ours: says so, and what it means for a payment. The number finds it in the log. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const words = typeof document !== 'undefined' && document.documentElement.lang === 'en' ? en : ko
  return (
    <main id="content" className="mx-auto flex min-h-[60dvh] max-w-md flex-col justify-center gap-3 px-5" role="alert">
      <h1 className="text-2xl font-bold text-ink">{words.error.title}</h1>
      <p className="text-ink-soft">{words.error.text}</p>
      {error.digest ? (
        <p className="figures text-sm text-ink-faint">{words.error.number.replace('{digest}', error.digest)}</p>
      ) : null}
      <Button kind="primary" className="mt-3 self-start" onClick={reset}>
        {words.tryAgain}
      </Button>
    </main>
  )
}
