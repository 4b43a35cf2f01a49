'use client'

import { scaleBand, scaleLinear } from 'd3-scale'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import type { ChartProps } from './chart'

const ROW_HEIGHT = 44
const HEIGHT = 220
const NAMES_WIDTH = 128
/** About as many letters as fit there. */
const LONGEST_NAME = 18
const FIGURES_WIDTH = 68
const TOP = 8
const FOOT = 28
/** Half of the last figure on a lying chart's axis stands beyond its end. */
const RIGHT = 24
const THICKEST = 36
/** A standing chart writes a name under every so many bars that they do not run into each other. */
const NAME_WIDTH = 52

const FILL = ['', 'fill-series-1', 'fill-series-2', 'fill-series-3', 'fill-series-4', 'fill-series-5', 'fill-series-6']

/**
 * Amounts as bars, standing or lying, on top of each other where they are parts of one whole. What a bar stands for
 * shows under the pointer, and by the arrow keys once the chart has the focus. Loaded when it is shown: nobody waits for
 * it before a page can be used.
 */
export function Bars({
  rows,
  series,
  layout = 'standing',
  isStacked = false,
  label,
  write,
  short,
}: ChartProps & { readonly label: string }) {
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place)
  const [active, setActive] = useState<number>()
  const isLying = layout === 'lying'
  const height = isLying ? rows.length * ROW_HEIGHT + TOP + FOOT : HEIGHT
  const left = isLying ? NAMES_WIDTH : FIGURES_WIDTH

  // Minor units as numbers: exact enough to draw.
  const amounts = rows.map(({ values }) => series.map((_, index) => Number(values[index] ?? 0n)))
  const ends = amounts.map((each) => (isStacked ? each.reduce((sum, amount) => sum + amount, 0) : Math.max(0, ...each)))
  const starts = amounts.map((each) => (isStacked ? 0 : Math.min(0, ...each)))
  const along = scaleLinear(
    [Math.min(0, ...starts), Math.max(1, ...ends)],
    isLying ? [left, width - RIGHT] : [height - FOOT, TOP],
  ).nice(5)
  const across = scaleBand(
    rows.map((_, row) => row),
    isLying ? [TOP, height - FOOT] : [left, width - RIGHT],
  )
    .paddingInner(0.28)
    .paddingOuter(0.14)
  const thickness = Math.min(THICKEST, across.bandwidth() / (isStacked ? 1 : series.length))
  const ticks = along.ticks(isLying ? Math.max(2, Math.floor((width - left) / 90)) : 5).filter(Number.isInteger)
  const every = isLying ? 1 : Math.ceil(NAME_WIDTH / Math.max(1, across.step()))

  const bars = rows.flatMap((_, row) => {
    const group = isStacked ? thickness : thickness * series.length
    const first = across(row)! + (across.bandwidth() - group) / 2
    let reached = 0
    return series.map(({ name, colour }, index) => {
      const amount = amounts[row]![index]!
      const [from, to] = [along(reached), along(reached + amount)]
      if (isStacked) reached += amount
      const side = first + (isStacked ? 0 : index * thickness)
      const box = isLying
        ? { x: Math.min(from, to), y: side, width: Math.abs(to - from), height: thickness }
        : { x: side, y: Math.min(from, to), width: thickness, height: Math.abs(to - from) }
      return <rect key={`${row} ${name}`} className={FILL[colour]} rx={isStacked ? 0 : 2} {...box} />
    })
  })

  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') setActive(undefined)
    if (step === undefined || rows.length === 0) return
    event.preventDefault()
    setActive(((active ?? (step > 0 ? -1 : rows.length)) + step + rows.length) % rows.length)
  }

  return (
    <div ref={place} className="relative" style={{ height }} onPointerLeave={() => setActive(undefined)}>
      {width > 0 ? (
        <svg
          role="img"
          aria-label={label}
          tabIndex={0}
          onKeyDown={move}
          onBlur={() => setActive(undefined)}
          data-chart="bars"
          className="overflow-visible rounded text-xs"
          {...{ width, height }}
        >
          {active === undefined ? null : (
            <rect
              className="fill-hover"
              {...(isLying
                ? { x: left, width: width - RIGHT - left, y: across(active)!, height: across.bandwidth() }
                : { y: TOP, height: height - FOOT - TOP, x: across(active)!, width: across.bandwidth() })}
            />
          )}
          {ticks.map((tick) => {
            const at = along(tick)
            const line = isLying
              ? { x1: at, x2: at, y1: TOP, y2: height - FOOT }
              : { x1: left, x2: width - RIGHT, y1: at, y2: at }
            return (
              <g key={tick}>
                <line className="stroke-line" {...line} />
                <text
                  className="fill-ink-faint"
                  textAnchor={isLying ? 'middle' : 'end'}
                  {...(isLying ? { x: at, y: height - FOOT + 18 } : { x: left - 8, y: at, dy: '0.32em' })}
                >
                  {short(BigInt(tick))}
                </text>
              </g>
            )
          })}
          {bars}
          {rows.map(({ name }, row) =>
            row % every === 0 ? (
              <text
                key={`${row}`}
                className="fill-ink-faint"
                textAnchor={isLying ? 'end' : 'middle'}
                {...(isLying
                  ? { x: left - 8, y: across(row)! + across.bandwidth() / 2, dy: '0.32em' }
                  : { x: across(row)! + across.bandwidth() / 2, y: height - FOOT + 18 })}
              >
                {isLying ? shortened(name) : name}
              </text>
            ) : null,
          )}
          {rows.map((_, row) => (
            <rect
              key={`${row}`}
              fill="transparent"
              onPointerEnter={() => setActive(row)}
              onPointerDown={() => setActive(row)}
              {...(isLying
                ? { x: 0, width, y: across(row)!, height: across.step() }
                : { y: 0, height, x: across(row)!, width: across.step() })}
            />
          ))}
        </svg>
      ) : null}
      <div aria-live="polite">
        {active !== undefined && rows[active] ? (
          <div
            className="pointer-events-none absolute z-10 rounded-lg border border-line bg-raised px-3 py-2 text-[13px] text-ink shadow-sm"
            style={tipPlace(isLying, across(active)!, across.bandwidth(), width)}
          >
            <p className="whitespace-nowrap font-medium">{rows[active].name}</p>
            {series.map(({ name }, index) => (
              <p key={name} className="figures whitespace-nowrap">
                {name} {write(rows[active]!.values[index] ?? 0n)}
              </p>
            ))}
          </div>
        ) : null}
      </div>
    </div>
  )
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
}

/** Beside the bar, on the side where there is more room. */
function tipPlace(isLying: boolean, from: number, length: number, width: number) {
  if (isLying) return { right: 8, top: from + length / 2 }
  return from + length / 2 < width / 2 ? { left: from + length + 4, top: 8 } : { right: width - from + 4, top: 8 }
}

/** The width of an element, 0 until it is known. */
function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!place.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [place])
  return width
}
