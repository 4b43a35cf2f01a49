'use client'

import { useEffect } from 'react'
import { SplitPanel } from './split-panel'
import type { SplitWords } from './split-panel'
import type { ChosenShare, SplitView } from './split-view'
import { chosenShares, useShares } from './use-shares'
import type { Evaluate } from './use-shares'

interface Props {
  readonly view: Extract<SplitView, { kind: 'proposed' }>
  readonly evaluate: Evaluate
  readonly locale: string
  readonly words: SplitWords
  /** Told the shares as they are; undefined while they cannot be. */
  readonly onShares: (shares: readonly ChosenShare[] | undefined) => void
}

/** A proposal that can be changed; whoever pays or creates with it is told the shares. */
export function ProposedSplit({ view, evaluate, locale, words, onShares }: Props) {
  const shares = useShares(view, evaluate, words.fault.failed)
  const { rows, fault, isComputing } = shares
  useEffect(() => {
    onShares(fault || isComputing ? undefined : chosenShares(rows))
  }, [rows, fault, isComputing, onShares])
  return <SplitPanel {...{ view, shares, locale, words }} />
}
