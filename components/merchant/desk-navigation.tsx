'use client'

import {
  Activity,
  Blocks,
  ChartColumn,
  Code,
  Coins,
  Gavel,
  Headset,
  Hourglass,
  Landmark,
  LayoutDashboard,
  Link2,
  ListChecks,
  MessageCircleWarning,
  Package,
  Phone,
  Puzzle,
  ReceiptText,
  RefreshCw,
  Scale,
  ScrollText,
  ShieldCheck,
  Store,
  Undo2,
  Truck,
  Users,
  WalletCards,
  Workflow,
} from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Fragment, useEffect, useRef } from 'react'
import { classNames } from '../ui/class-names'

const ICONS = {
  ...{
    modules: Puzzle,
    overview: LayoutDashboard,
    payments: ReceiptText,
    developers: Code,
    team: Users,
    counselor: Headset,
    courier: Truck,
  },
  ...{ paymentLinks: Link2, subscriptions: RefreshCw },
  ...{ disputes: MessageCircleWarning, decisions: Gavel },
  ...{ board: Activity, messages: ScrollText, phoneBill: Phone, statistics: ChartColumn },
  ...{ unpaid: Hourglass, giro: Landmark, directDebit: Landmark },
  ...{ products: Package },
  ...{ payouts: Landmark, settlement: Scale, shops: Store },
  ...{ accounts: WalletCards, eCash: Coins, applications: Blocks, evidence: ShieldCheck },
  ...{ flow: Workflow, approvals: ListChecks, refundRequests: Undo2 },
}

export interface DeskPlace {
  readonly id: keyof typeof ICONS
  readonly href: string
  readonly label: string
  /** Those of one group stand together, under its name. */
  readonly group?: string
}

/** The places of the portal; the one the reader is at is marked. */
export function DeskNavigation({ label, places }: { label: string; places: readonly DeskPlace[] }) {
  const here = usePathname()
  const current = places
    .filter(({ href }) => here === href || here.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0]
  const row = useRef<HTMLElement>(null)
  const marked = useRef<HTMLAnchorElement>(null)
  // The row is longer than a phone, and than a low window: the reader sees the place they are at. The page itself stays where it is.
  useEffect(() => {
    const [frame, place] = [row.current, marked.current]
    if (!frame || !place) return
    frame.scrollLeft = place.offsetLeft - frame.offsetLeft - (frame.clientWidth - place.offsetWidth) / 2
    frame.scrollTop = place.offsetTop - frame.offsetTop - (frame.clientHeight - place.offsetHeight) / 2
  }, [current?.href])
  return (
    <nav
      ref={row}
      aria-label={label}
      className="mt-3 flex gap-1 overflow-x-auto px-3 pb-2 lg:mt-6 lg:min-h-0 lg:flex-1 lg:flex-col lg:gap-0.5 lg:overflow-x-visible lg:overflow-y-auto"
    >
      {places.map(({ id, href, label: name, group }, index) => {
        const Icon = ICONS[id]
        const isCurrent = current?.href === href
        const begins = group !== undefined && places[index - 1]?.group !== group
        return (
          <Fragment key={href}>
            {begins ? (
              <p className="hidden px-3 pt-4 pb-1 text-xs font-semibold text-ink-faint lg:block">{group}</p>
            ) : null}
            <Link
              ref={isCurrent ? marked : undefined}
              href={href}
              aria-current={isCurrent ? 'page' : undefined}
              className={classNames(
                'flex min-h-11 shrink-0 items-center gap-2.5 rounded-md px-3 text-sm font-medium whitespace-nowrap text-ink-soft hover:bg-hover hover:text-ink lg:min-h-9',
                isCurrent && 'bg-accent-soft text-accent-strong hover:bg-accent-soft hover:text-accent-strong',
              )}
            >
              <Icon className="hidden size-4.5 sm:block" aria-hidden />
              {name}
            </Link>
          </Fragment>
        )
      })}
    </nav>
  )
}
