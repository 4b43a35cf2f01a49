'use client'

import type { Currency } from '@/lib/money/currency'
import { Chart } from '../charts/chart'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import type { SplitWords } from './split-panel'
import type { SplitRow } from './split-view'

interface Props {
  readonly rows: readonly SplitRow[]
  readonly currency: Currency
  readonly locale: string
  readonly words: SplitWords
}

/** What each card of a division costs and earns, side by side. */
export function SplitChart({ rows, currency, locale, words }: Props) {
  const money = (amount: bigint) => formatMoney(amount, currency, locale)
  const reckoned = rows.flatMap(({ name, figures }) => (figures ? [{ name, ...figures }] : []))
  const figures = reckoned.map(({ name, interest, fees, rewards }) =>
    fill(words.chartPart, { name, interest: money(interest), fee: money(fees), rewards: money(rewards) }),
  )
  // What no card of the division costs or earns would only make the other bars thin.
  const series = [
    { name: words.rewards, colour: 1, of: 'rewards' },
    { name: words.interest, colour: 2, of: 'interest' },
    { name: words.fee, colour: 4, of: 'fees' },
  ] as const
  const shown = series.filter(({ of }) => of === 'rewards' || reckoned.some((row) => row[of] !== 0n))
  return (
    <Chart
      rows={reckoned.map((row) => ({ name: row.name, values: shown.map(({ of }) => row[of]) }))}
      series={shown}
      layout="lying"
      label={fill(words.chartLabel, { figures: figures.join('; ') })}
      nameHead={words.card}
      words={words}
      {...{ currency, locale }}
    />
  )
}
