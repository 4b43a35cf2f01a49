import type { ReactNode } from 'react'
import { Panel } from '../ui/panel'

interface Props {
  readonly name: string
  readonly value: ReactNode
  /** What it was at another time, or what it is made of. */
  readonly beside?: ReactNode
}

/** One figure that matters, large, with what to compare it with. */
export function FigureTile({ name, value, beside }: Props) {
  return (
    <Panel className="flex flex-col">
      <p className="text-sm text-ink-faint">{name}</p>
      <p className="figures mt-1 text-2xl font-bold text-ink">{value}</p>
      {beside ? <p className="mt-1 text-sm text-ink-soft">{beside}</p> : null}
    </Panel>
  )
}
