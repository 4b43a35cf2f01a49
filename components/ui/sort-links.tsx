import { ArrowDownUp, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

export interface SortLink {
  readonly href: string
  readonly label: ReactNode
  readonly current: boolean
}

/** In which order a list stands, or with its own icon which of its rows do: links, so that the address says it, and it works by keyboard and without script. */
export function SortLinks({
  label,
  links,
  icon: Icon = ArrowDownUp,
}: {
  label: string
  links: readonly SortLink[]
  icon?: LucideIcon
}) {
  return (
    <nav aria-label={label} className="flex max-w-full items-center gap-1 overflow-x-auto print:hidden">
      <Icon className="mr-1 size-4 shrink-0 text-ink-faint" aria-hidden />
      {links.map((link) => (
        <Link
          key={link.href}
          href={link.href}
          scroll={false}
          // As with tabs: the list is read in an order when somebody asks for it.
          prefetch={false}
          aria-current={link.current ? 'true' : undefined}
          className={classNames(
            'flex h-9 items-center rounded-md px-2.5 text-sm font-medium whitespace-nowrap text-ink-faint hover:bg-hover hover:text-ink',
            link.current && 'bg-hover text-ink',
          )}
        >
          {link.label}
        </Link>
      ))}
    </nav>
  )
}
