'use client'

import { useCallback, useEffect, useState } from 'react'
import { Checkbox } from '../ui/checkbox'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { ProposedSplit } from '../split/proposed-split'
import { LeftOutCards } from '../split/split-panel'
import type { SplitWords } from '../split/split-panel'
import type { ChosenShare, SplitView } from '../split/split-view'
import type { CheckoutActions } from './checkout-view'

interface Props {
  /** The part of the payment to split; all of it unless said. */
  readonly amount?: bigint
  readonly propose: CheckoutActions['propose']
  readonly evaluate: CheckoutActions['evaluate']
  readonly locale: string
  readonly words: SplitWords
  /** Told what would be paid; undefined while it cannot be. */
  readonly onShares: (shares: readonly ChosenShare[] | undefined) => void
  readonly mayRetry: boolean
  readonly onMayRetry: (mayRetry: boolean) => void
}

/** Splitting over several cards, at the checkout: asks for a proposal, shows it, lets it be changed, asks for consent. */
export function SplitChoice(props: Props) {
  const { amount, propose, evaluate: evaluateShares, locale, words, onShares, mayRetry, onMayRetry } = props
  const [view, setView] = useState<SplitView | 'failed'>()
  useEffect(() => {
    let isGone = false
    void propose(amount)
      .catch(() => 'failed' as const)
      .then((found) => {
        if (!isGone) setView(found)
      })
    return () => {
      isGone = true
    }
  }, [propose, amount])
  const evaluate = useCallback(
    (shares: readonly ChosenShare[]) => evaluateShares(shares, amount),
    [evaluateShares, amount],
  )

  return (
    <div className="flex flex-col gap-5 rounded-lg bg-raised p-4 ring-1 ring-line sm:p-5">
      {view === undefined ? (
        <div role="status" className="flex flex-col gap-3">
          <p className="text-sm text-ink-soft">{words.finding}</p>
          <Skeleton className="h-6 rounded-full" />
          <Skeleton className="h-28" />
        </div>
      ) : view === 'failed' ? (
        <Notice tone="warn" live>
          {words.failed}
        </Notice>
      ) : view.kind === 'infeasible' ? (
        <>
          <Notice tone="warn" live title={words.infeasible}>
            {view.why}
          </Notice>
          <LeftOutCards cards={view.leftOut} label={words.leftOut} />
        </>
      ) : (
        <>
          <ProposedSplit {...{ view, evaluate, locale, words, onShares }} />
          <hr className="border-line" />
          <Checkbox
            label={words.consent}
            description={words.consentText}
            checked={mayRetry}
            onChange={({ target }) => onMayRetry(target.checked)}
          />
        </>
      )}
    </div>
  )
}
