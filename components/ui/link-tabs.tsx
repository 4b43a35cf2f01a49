import Link from 'next/link'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

export interface LinkTab {
  readonly href: string
  readonly label: ReactNode
  /** As a text where it is not counted to its end, such as 1,000+. */
  readonly count?: number | string
  readonly current: boolean
}

/** Tabs that are links: the URL says which list is shown, so it can be shared, reloaded and gone back to. */
export function LinkTabs({ tabs, label }: { tabs: readonly LinkTab[]; label: string }) {
  return (
    <nav aria-label={label} className="mb-5 flex gap-5 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          // Fetched ahead, each would have the list read for a tab that hardly anybody opens.
          prefetch={false}
          aria-current={tab.current ? 'page' : undefined}
          className={classNames(
            '-mb-px flex items-center gap-1.5 border-b-2 border-transparent py-2.5 text-sm font-medium whitespace-nowrap text-ink-faint hover:text-ink',
            tab.current && 'border-ink text-ink',
          )}
        >
          {tab.label}
          {tab.count === undefined ? null : (
            <span className="figures rounded-full bg-hover px-1.5 text-xs text-ink-soft">{tab.count}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}
