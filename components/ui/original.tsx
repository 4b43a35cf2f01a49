import type { ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly children: ReactNode
}

/** What another system or a parser said in its own words, folded: for whoever has to ask about it. */
export function Original({ label, children }: Props) {
  return (
    <details className="mt-1 text-xs text-ink-faint">
      <summary className="w-fit rounded-sm hover:text-ink">{label}</summary>
      <p className="mt-1 break-all">{children}</p>
    </details>
  )
}
