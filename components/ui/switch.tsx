import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'

/** Turns one thing on or off. A checkbox under the hood: forms send it, screen readers say "switch". */
export function Switch({
  label,
  description,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; description?: ReactNode }) {
  return (
    <label className={classNames('flex cursor-pointer items-center justify-between gap-4', className)}>
      <span className="text-sm font-medium text-ink">
        {label}
        {description ? <span className="mt-0.5 block font-normal text-ink-faint">{description}</span> : null}
      </span>
      <span className="relative inline-flex h-6 w-10 shrink-0">
        <input
          type="checkbox"
          role="switch"
          className="peer size-full appearance-none rounded-full bg-line-strong transition-colors checked:bg-accent"
          {...rest}
        />
        <span
          className="pointer-events-none absolute top-0.5 left-0.5 size-5 rounded-full bg-raised transition-transform peer-checked:translate-x-4"
          aria-hidden
        />
      </span>
    </label>
  )
}
