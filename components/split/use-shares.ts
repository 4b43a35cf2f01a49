'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { keepTotal } from './keep-total'
import type { ChosenShare, EvaluatedSplit, SplitRow, SplitView } from './split-view'

type Proposed = Extract<SplitView, { kind: 'proposed' }>
export type Evaluate = (shares: readonly ChosenShare[]) => Promise<EvaluatedSplit>

/** Changes follow each other quickly while a slider moves; the server is asked once it rests. */
const REST_MS = 300

export interface Shares {
  readonly rows: readonly SplitRow[]
  readonly totals: Proposed['totals'] | undefined
  readonly isChanged: boolean
  readonly isComputing: boolean
  /** In words, why the amounts cannot be as they are. */
  readonly fault: string | undefined
  set(cardId: string, amount: bigint): void
  back(): void
}

export function chosenShares(rows: readonly SplitRow[]): ChosenShare[] {
  return rows.filter(({ amount }) => amount > 0n).map(({ cardId, amount }) => ({ cardId, amount }))
}

/** The shares of a proposal while somebody changes them: the total is kept, the figures follow. */
export function useShares(view: Proposed, evaluate: Evaluate, failedText: string): Shares {
  const [edited, setEdited] = useState<readonly SplitRow[]>()
  const [answer, setAnswer] = useState<{ of: readonly SplitRow[]; result: EvaluatedSplit }>()
  const latest = useRef<readonly SplitRow[]>(undefined)

  useEffect(() => {
    latest.current = edited
    if (!edited) return
    const timer = setTimeout(() => {
      void evaluate(chosenShares(edited))
        .catch((): EvaluatedSplit => ({ kind: 'refused', message: failedText }))
        .then((result) => {
          // An answer to amounts that have changed since is of no use.
          if (latest.current === edited) setAnswer({ of: edited, result })
        })
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [edited, evaluate, failedText])

  const current = answer && answer.of === edited ? answer.result : undefined
  // The same array as long as nothing changes: others watch it.
  const rows = useMemo(() => {
    if (!edited) return view.rows
    const figures = new Map(current?.kind === 'evaluated' ? current.rows.map((row) => [row.cardId, row.figures]) : [])
    return edited.map((row) => withFigures(row, figures.get(row.cardId)))
  }, [edited, current, view.rows])

  return {
    rows,
    totals: edited ? (current?.kind === 'evaluated' ? current.totals : undefined) : view.totals,
    isChanged: edited !== undefined,
    isComputing: edited !== undefined && !current,
    fault: current?.kind === 'refused' ? current.message : undefined,
    set(cardId, amount) {
      const before = edited ?? view.rows
      const index = before.findIndex((row) => row.cardId === cardId)
      const amounts = keepTotal(before, index, amount, view.amount)
      if (amounts) setEdited(before.map((row, at) => bare(row, amounts[at] ?? 0n)))
    },
    back() {
      setEdited(undefined)
    },
  }
}

/** The reason beside a share was for the proposed amount; it does not hold for another. */
function bare({ cardId, name, masked, room }: SplitRow, amount: bigint): SplitRow {
  return { cardId, name, masked, room, amount }
}

function withFigures(row: SplitRow, figures: SplitRow['figures']): SplitRow {
  return figures ? { ...row, figures } : row
}
