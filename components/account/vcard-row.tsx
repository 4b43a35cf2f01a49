import Link from 'next/link'
import type { ReactNode } from 'react'
import { StackedBar } from '../ui/stacked-bar'
import type { BarPart } from '../ui/stacked-bar'

interface Props {
  readonly href: string
  readonly amount: string
  readonly shop: string
  readonly detail: string
  readonly badge: ReactNode
  readonly parts: readonly BarPart[]
  /** The shares in words. */
  readonly partsLabel: string
}

/** One V-Card in a list. */
export function VcardRow({ href, amount, shop, detail, badge, parts, partsLabel }: Props) {
  return (
    <li className="relative rounded-xl bg-raised p-5 ring-1 ring-line focus-within:ring-2 focus-within:ring-accent hover:bg-hover">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <Link
            href={href}
            className="figures block text-lg font-bold text-ink outline-none after:absolute after:inset-0"
          >
            {amount}
          </Link>
          <p className="truncate text-sm text-ink-soft">{shop}</p>
        </div>
        {badge}
      </div>
      <StackedBar className="mt-3 h-2" parts={parts} label={partsLabel} />
      <p className="figures mt-2 text-xs text-ink-faint">{detail}</p>
    </li>
  )
}
