'use client'

import { Progress } from '../ui/progress'
import type { CheckoutWords, PayProgress } from './checkout-view'
import { LegList } from './leg-list'

/** Shown while the payment is on its way: each issuer's answer appears as it comes. */
export function Paying({ progress, words }: { progress: PayProgress | undefined; words: CheckoutWords }) {
  return (
    <section aria-busy className="flex flex-col gap-5 py-4">
      <div>
        <h2 className="text-xl font-bold text-ink">{words.progress.title}</h2>
        <p className="mt-1 text-ink-soft" role="status">
          {stageOf(progress, words)}
        </p>
      </div>
      <Progress label={words.progress.title} />
      {progress && progress.legs.length > 0 ? <LegList legs={progress.legs} words={words.leg} /> : null}
      <p className="text-sm text-ink-faint">{words.progress.text}</p>
    </section>
  )
}

function stageOf(progress: PayProgress | undefined, words: CheckoutWords): string {
  switch (progress?.state) {
    case 'confirming':
      return words.progress.confirming
    case 'capturing':
    case 'paid':
    case 'authorized':
    case 'awaiting':
      return words.progress.capturing
    case 'voiding':
    case 'reversing':
    case 'declined':
      return words.progress.voiding
    default:
      return words.progress.asking
  }
}
