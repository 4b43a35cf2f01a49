import { classNames } from './class-names'

export interface ItemLine {
  readonly name: string
  /** How many, in words. */
  readonly count: string
  readonly amount: string
  /** What became of it, where something did. */
  readonly note?: string | undefined
}

interface Props {
  /** What the list is called; with `folded` it is what opens it. */
  readonly title: string
  readonly lines: readonly ItemLine[]
  readonly folded?: boolean
  readonly className?: string
}

/** The lines of an order: what, how many, for how much. */
export function ItemLines({ title, lines, folded = false, className = '' }: Props) {
  const list = (
    <ul aria-label={title} className="divide-y divide-line text-sm">
      {lines.map(({ name, count, amount, note }, index) => (
        <li key={index} className="flex items-baseline justify-between gap-4 py-2">
          <span className="min-w-0">
            <span className="text-ink [overflow-wrap:anywhere]">{name}</span>{' '}
            <span className="figures whitespace-nowrap text-ink-faint">{count}</span>
            {note ? <span className="block text-xs text-ink-faint">{note}</span> : null}
          </span>
          <span className="figures shrink-0 text-ink">{amount}</span>
        </li>
      ))}
    </ul>
  )
  if (!folded) return <div className={className}>{list}</div>
  return (
    <details className={classNames('text-sm', className)}>
      <summary className="w-fit cursor-pointer rounded-sm py-1 text-ink-soft hover:text-ink">{title}</summary>
      {list}
    </details>
  )
}
