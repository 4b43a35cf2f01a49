'use client'

import type { Currency } from '@/lib/money/currency'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { classNames } from '../ui/class-names'
import { MoneyField } from '../ui/money-field'
import { series } from '../ui/series'
import { SeriesDot } from '../ui/stacked-bar'
import type { SplitWords } from './split-panel'
import type { SplitRow } from './split-view'

interface Props {
  readonly rows: readonly SplitRow[]
  readonly total: bigint
  readonly currency: Currency
  readonly locale: string
  readonly words: SplitWords
  readonly onAmount: (cardId: string, amount: bigint) => void
}

const STEPS = 100n

/** A slider and a field for each card. The slider moves in hundredths of what the card can take; the field is exact. */
export function ShareEditor({ rows, total, currency, locale, words, onAmount }: Props) {
  return (
    <ul className="divide-y divide-line">
      {rows.map((row, index) => {
        const most = row.room < total ? row.room : total
        const position = most === 0n ? 0 : Number((row.amount * STEPS + most / 2n) / most)
        return (
          <li key={row.cardId} className="grid grid-cols-[1fr_9.5rem] items-center gap-x-4 gap-y-1 py-3">
            <div className="min-w-0">
              <p className="flex items-center gap-2 text-sm font-medium text-ink">
                <SeriesDot index={index} />
                <span className="truncate">{row.name}</span>
              </p>
              <p className="figures pl-4.5 text-xs text-ink-faint">
                {words.room} {formatMoney(row.room, currency, locale)}
              </p>
            </div>
            <MoneyField
              currency={currency}
              locale={locale}
              value={row.amount}
              aria-label={fill(words.shareOf, { name: row.name })}
              className="h-11 text-sm"
              onAmount={(amount) => onAmount(row.cardId, amount ?? 0n)}
            />
            <input
              type="range"
              className={classNames('slider col-span-2 h-6 w-full', series(index).text)}
              min={0}
              max={Number(STEPS)}
              step={1}
              value={position}
              disabled={most === 0n}
              aria-label={fill(words.slide, { name: row.name })}
              aria-valuetext={formatMoney(row.amount, currency, locale)}
              onChange={({ target }) => onAmount(row.cardId, (most * BigInt(target.value)) / STEPS)}
            />
          </li>
        )
      })}
    </ul>
  )
}
