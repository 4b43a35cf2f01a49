import { classNames } from './class-names'
import { series } from './series'

export interface BarPart {
  readonly id: string
  readonly label: string
  /** Any size; parts are drawn in proportion. */
  readonly value: number
}

interface Props {
  readonly parts: readonly BarPart[]
  /** The whole bar in words, for those who do not see it. */
  readonly label: string
  readonly className?: string
}

/** Percent of the width. */
const GAP = 0.6
const SLIVER = 1.5

interface Segment {
  readonly id: string
  readonly index: number
  readonly from: number
  readonly width: number
}

function segmentsOf(parts: readonly BarPart[]): Segment[] {
  const shown = parts.map((part, index) => ({ ...part, index })).filter(({ value }) => value > 0)
  const whole = shown.reduce((sum, { value }) => sum + value, 0)
  const widths = shown.map(({ value }) => Math.max((value / whole) * 100, SLIVER))
  const stretch = (100 - GAP * (shown.length - 1)) / widths.reduce((sum, width) => sum + width, 0)
  const segments: Segment[] = []
  let from = 0
  for (const [place, { id, index }] of shown.entries()) {
    const width = (widths[place] ?? 0) * stretch
    segments.push({ id, index, from, width })
    from += width + GAP
  }
  return segments
}

/** One amount made up of parts. Parts of zero are left out; every other part keeps a visible sliver. */
export function StackedBar({ parts, label, className }: Props) {
  return (
    <svg
      className={classNames('block h-4 w-full overflow-hidden rounded-full', className)}
      role="img"
      aria-label={label}
    >
      {segmentsOf(parts).map(({ id, index, from, width }) => (
        <rect key={id} x={`${from}%`} width={`${width}%`} height="100%" className={series(index).fill} />
      ))}
    </svg>
  )
}

/** The dot that ties a row of a table to its part of the bar. */
export function SeriesDot({ index, className }: { index: number; className?: string }) {
  return (
    <span
      className={classNames('inline-block size-2.5 shrink-0 rounded-full', series(index).background, className)}
      aria-hidden
    />
  )
}
