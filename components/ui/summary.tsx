import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

/** The line of a `<details className="group">` that opens and closes it. */
export function Summary({ children }: { children: ReactNode }) {
  return (
    <summary className="flex min-h-12 items-center justify-between gap-3 px-4 font-medium text-ink">
      {children}
      <ChevronDown className="size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-180" aria-hidden />
    </summary>
  )
}
