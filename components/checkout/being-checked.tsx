'use client'

import { useRouter } from 'next/navigation'
import { Notice } from '../ui/notice'
import { Progress } from '../ui/progress'
import type { CheckoutWords, PayProgress } from './checkout-view'
import { LegList } from './leg-list'
import { isDecided, useProgress } from './use-progress'

/** A payment whose outcome is not known yet. It settles by itself; the page follows, and may be left or reloaded. */
export function BeingChecked({
  paymentId,
  first,
  words,
}: {
  paymentId: string
  first: PayProgress
  words: CheckoutWords
}) {
  const router = useRouter()
  const address = `/pay/${paymentId}/progress`
  // It may also come back to the shopper, to choose another means.
  const isAtRest = (now: PayProgress) => isDecided(now) || now.verdict === 'open'
  const progress = useProgress({ address, isAtRest }, () => router.refresh()) ?? first
  return (
    <section className="flex flex-col gap-5" aria-busy>
      <div>
        <h2 className="text-2xl font-bold text-ink">{words.checking.title}</h2>
        <p className="mt-2 text-ink-soft">{words.checking.text}</p>
      </div>
      <Progress label={words.checking.title} />
      <LegList legs={progress.legs} words={words.leg} />
      <Notice>
        {words.checking.leave} {words.checking.reloads}
      </Notice>
    </section>
  )
}
