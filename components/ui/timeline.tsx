import type { ReactNode } from 'react'
import { classNames } from './class-names'

export interface TimelineEntry {
  readonly id: string
  readonly title: ReactNode
  readonly at: ReactNode
  readonly detail?: ReactNode
  readonly tone?: 'neutral' | 'good' | 'bad' | 'warn'
}

const DOTS = { neutral: 'bg-line-strong', good: 'bg-good', bad: 'bg-bad', warn: 'bg-warn' } as const

/** What happened, one thing under the other, the latest first or last as given. */
export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label: string }) {
  return (
    <ol aria-label={label} className="relative">
      {entries.map(({ id, title, at, detail, tone = 'neutral' }) => (
        <li key={id} className="group relative flex gap-4 pb-5 last:pb-0">
          <span className="absolute top-4 bottom-0 left-[0.3125rem] w-px bg-line group-last:hidden" aria-hidden />
          <span className={classNames('relative mt-1.5 size-2.5 shrink-0 rounded-full', DOTS[tone])} aria-hidden />
          <div className="min-w-0 flex-1 text-sm">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <p className="font-medium text-ink">{title}</p>
              <p className="figures text-xs text-ink-faint">{at}</p>
            </div>
            {detail ? <div className="mt-0.5 text-ink-soft">{detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
