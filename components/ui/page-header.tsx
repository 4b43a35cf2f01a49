import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

interface Props {
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly actions?: ReactNode
  readonly back?: { readonly href: string; readonly label: string }
}

/** The top of a page: where it is, what it is called, what can be done. Holds the page's only h1. */
export function PageHeader({ title, description, actions, back }: Props) {
  return (
    <header className="mb-6 sm:mb-8">
      {back ? (
        <Link
          href={back.href}
          className="-ml-1 mb-2 inline-flex min-h-9 items-center gap-0.5 rounded-sm text-sm font-medium text-ink-faint hover:text-ink"
        >
          <ChevronLeft className="size-4" aria-hidden />
          {back.label}
        </Link>
      ) : null}
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h1 className="text-2xl font-bold text-ink">{title}</h1>
          {description ? <p className="mt-1 max-w-prose text-ink-soft">{description}</p> : null}
        </div>
        {actions ? (
          <div className="flex w-full flex-wrap gap-2 *:flex-1 sm:w-auto sm:*:flex-none print:hidden">{actions}</div>
        ) : null}
      </div>
    </header>
  )
}
