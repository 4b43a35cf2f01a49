'use client'

import { ChartColumn, RotateCcw, SlidersHorizontal } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type splitTexts from '@/locales/ko/split.json'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { SeriesDot, StackedBar } from '../ui/stacked-bar'
import { BestSingleNote } from './best-single-note'
import { ShareEditor } from './share-editor'
import { SplitTable } from './split-table'
import type { SplitView } from './split-view'
import type { Shares } from './use-shares'

// The checkout is ready to pay without it; whoever wants the chart waits for it.
const SplitChart = lazy(() => import('./split-chart').then((module) => ({ default: module.SplitChart })))

export type SplitWords = typeof splitTexts

interface Props {
  readonly view: Extract<SplitView, { kind: 'proposed' }>
  readonly shares: Shares
  readonly locale: string
  readonly words: SplitWords
}

/** A division over cards: the bar, the table, the reasons, the best single card, and the means to change it. */
export function SplitPanel({ view, shares, locale, words }: Props) {
  const [isEditing, setEditing] = useState(false)
  const [hasChart, setChart] = useState(false)
  const { rows, totals, isChanged, isComputing, fault } = shares
  const { amount, currency } = view
  const money = (value: bigint) => formatMoney(value, currency, locale)
  const used = rows.filter((row) => row.amount > 0n)
  const sentences = rows.map((row, index) => ({ ...row, index })).filter(({ sentence }) => sentence)
  const barLabel = fill(words.barLabel, {
    amount: money(amount),
    parts: used.map((row) => fill(words.part, { name: row.name, amount: money(row.amount) })).join(', '),
  })

  return (
    <div className="flex flex-col gap-5">
      <StackedBar
        className="h-6"
        label={barLabel}
        parts={rows.map((row) => ({ id: row.cardId, label: row.name, value: Number(row.amount) }))}
      />
      {isEditing ? (
        <ShareEditor rows={rows} total={amount} {...{ currency, locale, words }} onAmount={shares.set} />
      ) : (
        <SplitTable rows={rows} totals={totals} total={amount} {...{ currency, locale, words }} />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" onClick={() => setEditing(!isEditing)} aria-expanded={isEditing}>
          <SlidersHorizontal aria-hidden />
          {isEditing ? words.done : words.change}
        </Button>
        <Button size="small" kind="quiet" onClick={() => setChart(!hasChart)} aria-expanded={hasChart}>
          <ChartColumn aria-hidden />
          {words.chart}
        </Button>
        {isChanged ? (
          <Button size="small" kind="quiet" onClick={shares.back}>
            <RotateCcw aria-hidden />
            {words.back}
          </Button>
        ) : null}
        <span role="status" className="text-sm text-ink-faint">
          {isComputing ? words.computing : isChanged ? words.changed : ''}
        </span>
      </div>
      {fault ? (
        <Notice tone="warn" live>
          {fault}
        </Notice>
      ) : null}
      {hasChart ? (
        <Suspense fallback={<Skeleton className="h-56" />}>
          <SplitChart rows={used} {...{ currency, locale, words }} />
        </Suspense>
      ) : null}
      <BestSingleNote
        best={view.bestSingle}
        isBestAlone={view.recommendation === 'single'}
        totals={totals}
        proposed={isChanged ? view.totals : undefined}
        {...{ currency, locale, words }}
      />
      {sentences.length > 0 ? (
        <section>
          <h2 className="mb-1.5 text-sm font-semibold text-ink">{words.reasons}</h2>
          <ul className="flex flex-col gap-1 text-sm text-ink-soft">
            {sentences.map(({ cardId, sentence, index }) => (
              <li key={cardId} className="flex items-baseline gap-2">
                <SeriesDot index={index} />
                {sentence}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {view.stale.length > 0 ? (
        <Notice tone="info">{fill(words.stale, { names: view.stale.join(', ') })}</Notice>
      ) : null}
      <LeftOutCards cards={view.leftOut} label={words.leftOut} />
    </div>
  )
}

/** Cards that could not take part, and why. */
export function LeftOutCards({ cards, label }: { cards: SplitView['leftOut']; label: string }) {
  if (cards.length === 0) return null
  return (
    <div className="text-sm text-ink-faint">
      <p className="font-medium">{label}</p>
      <ul>
        {cards.map(({ name, why }) => (
          <li key={name}>
            {name} — {why}
          </li>
        ))}
      </ul>
    </div>
  )
}
