'use client'

import { ChartColumn, Table2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { type Currency, exponentOf } from '@/lib/money/currency'
import { formatMoney } from '../i18n/format'
import { Button } from '../ui/button'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '../ui/table'

export interface ChartProps {
  readonly rows: readonly {
    readonly name: string
    /** One for each series, minor units. */ readonly values: readonly bigint[]
  }[]
  /** `colour` is the number of a series colour, 1 to 6. */
  readonly series: readonly { readonly name: string; readonly colour: 1 | 2 | 3 | 4 | 5 | 6 }[]
  readonly layout?: 'standing' | 'lying'
  readonly isStacked?: boolean
  /** An amount in full, and as short as an axis needs it. */
  readonly write: (amount: bigint) => string
  readonly short: (amount: bigint) => string
}

interface Props extends Omit<ChartProps, 'write' | 'short'> {
  /** Whose minor units the values are; without one they are numbers of things, in `unit`. */
  readonly currency?: Currency
  readonly unit?: string
  readonly locale: string
  /** What it shows, for those who do not see it, and the table's name. */
  readonly label: string
  /** The head of the table's first column. */
  readonly nameHead: string
  readonly words: { readonly asTable: string; readonly asChart: string }
}

const Bars = dynamic(() => import('./bars').then((module) => module.Bars), {
  ssr: false,
  loading: () => <div className="h-56" />,
})

const LEGEND = ['', 'bg-series-1', 'bg-series-2', 'bg-series-3', 'bg-series-4', 'bg-series-5', 'bg-series-6'] as const

/** Amounts as a chart one can hover over, and the same figures as a table. */
export function Chart({ rows, series, currency, unit, locale, label, nameHead, words, ...look }: Props) {
  const [isTable, setTable] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const isNear = useNear(place)
  const number = (value: bigint) => new Intl.NumberFormat(locale).format(value)
  const write = (value: bigint) =>
    currency ? formatMoney(value, currency, locale) : [number(value), unit].filter(Boolean).join(' ')
  const short = (value: bigint) => (currency ? shortMoney(value, currency, locale) : number(value))
  return (
    <figure>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-soft" aria-hidden>
          {series.length > 1
            ? series.map(({ name, colour }) => (
                <li key={name} className="flex items-center gap-1.5">
                  <span className={`size-2.5 rounded-full ${LEGEND[colour]}`} />
                  {name}
                </li>
              ))
            : null}
        </ul>
        <Button size="small" kind="quiet" onClick={() => setTable(!isTable)}>
          {isTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
          {isTable ? words.asChart : words.asTable}
        </Button>
      </div>
      {isTable ? (
        <Table aria-label={label}>
          <thead>
            <tr>
              <TableHead>{nameHead}</TableHead>
              {series.map(({ name }) => (
                <TableHead key={name} className="text-right">
                  {name}
                </TableHead>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, values }) => (
              <TableRow key={name}>
                <TableCell>{name}</TableCell>
                {series.map((each, index) => (
                  <FigureCell key={each.name}>{write(values[index] ?? 0n)}</FigureCell>
                ))}
              </TableRow>
            ))}
          </tbody>
        </Table>
      ) : (
        <div ref={place}>
          {isNear ? (
            <Bars {...{ rows, series, label, write, short }} {...look} />
          ) : (
            <div role="img" aria-label={label} className="h-56" />
          )}
        </div>
      )}
    </figure>
  )
}

/** True once the element has been near the screen: many never scroll that far. */
function useNear(place: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    if (isNear || !place.current) return
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      rootMargin: '200px',
    })
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [isNear, place])
  return isNear
}

/** Thousands as the language shortens them: ₩22만, $1.2K. */
function shortMoney(amount: bigint, currency: Currency, locale: string): string {
  return new Intl.NumberFormat(locale, {
    ...{ style: 'currency', currency, currencyDisplay: 'narrowSymbol', notation: 'compact', maximumFractionDigits: 1 },
    minimumFractionDigits: 0,
  }).format(Number(amount) / 10 ** exponentOf(currency))
}
