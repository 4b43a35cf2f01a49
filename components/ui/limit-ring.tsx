import type { ReactNode } from 'react'

interface Props {
  /** What the ring says, for those who do not see it. */
  readonly label: string
  /** Part of the whole, 0 to 1. */
  readonly used: number
  /** Stands in the middle. */
  readonly children?: ReactNode
}

const RADIUS = 42
const AROUND = 2 * Math.PI * RADIUS

/** How much of a limit is used, as a ring. Put the figures beside it: the ring alone is not enough. */
export function LimitRing({ label, used, children }: Props) {
  const part = Math.min(Math.max(used, 0), 1)
  const tone = part >= 0.9 ? 'stroke-bad' : part >= 0.75 ? 'stroke-series-2' : 'stroke-accent'
  return (
    <div className="relative size-24 shrink-0">
      <svg viewBox="0 0 100 100" className="size-full -rotate-90" role="img" aria-label={label}>
        <circle cx="50" cy="50" r={RADIUS} fill="none" strokeWidth="10" className="stroke-hover" />
        {part > 0 ? (
          <circle
            cx="50"
            cy="50"
            r={RADIUS}
            fill="none"
            strokeWidth="10"
            strokeLinecap="round"
            strokeDasharray={`${AROUND * part} ${AROUND}`}
            className={tone}
          />
        ) : null}
      </svg>
      <span
        className="figures absolute inset-0 flex items-center justify-center text-sm font-bold text-ink"
        aria-hidden
      >
        {children}
      </span>
    </div>
  )
}
