import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'

interface Props extends Omit<ComponentProps<'input'>, 'type'> {
  readonly label: ReactNode
  readonly description?: ReactNode
  readonly leading?: ReactNode
  readonly trailing?: ReactNode
}

/** One of several large rows of which one is chosen (a radio button under the hood). Give all of them one `name`. */
export function Choice({ label, description, leading, trailing, className, ...rest }: Props) {
  return (
    <label
      className={classNames(
        'group flex min-h-16 cursor-pointer items-center gap-4 rounded-lg bg-raised px-4 py-3 ring-1 ring-inset ring-line',
        'transition-colors hover:bg-hover has-checked:bg-accent-soft has-checked:ring-2 has-checked:ring-accent',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        'has-disabled:cursor-not-allowed has-disabled:bg-sunken has-disabled:hover:bg-sunken',
        className,
      )}
    >
      <input
        type="radio"
        className={classNames(
          'size-5 shrink-0 appearance-none rounded-full bg-raised ring-1 ring-inset ring-line-strong outline-none',
          'checked:ring-[6px] checked:ring-accent disabled:opacity-50',
        )}
        {...rest}
      />
      {leading}
      <span className="min-w-0 flex-1">
        <span className="block font-medium text-ink group-has-disabled:text-ink-faint">{label}</span>
        {description ? <span className="block text-sm text-ink-faint">{description}</span> : null}
      </span>
      {trailing}
    </label>
  )
}
