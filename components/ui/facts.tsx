import type { ReactNode } from 'react'
import { classNames } from './class-names'

/** Names and what stands against them: the details of one thing. */
export function Facts({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={classNames('divide-y divide-line text-sm', className)}>{children}</dl>
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-6 py-2.5">
      <dt className="shrink-0 text-ink-faint">{name}</dt>
      <dd className="min-w-0 text-right font-medium text-ink">{children}</dd>
    </div>
  )
}
