import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'

/** A sheet of related things. (Not called card: in this product a card is what one pays with.) */
export function Panel({ className, ...rest }: ComponentProps<'section'>) {
  return <section className={classNames('rounded-xl bg-raised p-5 ring-1 ring-line sm:p-6', className)} {...rest} />
}

/** The heading of a panel, with what can be done about it at the right. */
export function PanelHeader({
  title,
  description,
  actions,
  id,
}: {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  id?: string
}) {
  return (
    <div className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h2 id={id} className="text-lg font-semibold text-ink">
          {title}
        </h2>
        {description ? <p className="mt-0.5 text-sm text-ink-faint">{description}</p> : null}
      </div>
      {actions}
    </div>
  )
}
