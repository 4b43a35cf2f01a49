import { Check } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'

interface Props extends Omit<ComponentProps<'input'>, 'type'> {
  readonly label: ReactNode
  readonly description?: ReactNode
}

/** A box to tick, with its sentence; the whole row can be pressed. */
export function Checkbox({ label, description, className, ...rest }: Props) {
  return (
    <label className={classNames('flex cursor-pointer items-start gap-3', className)}>
      <span className="relative mt-0.5 flex size-5 shrink-0">
        <input
          type="checkbox"
          className="peer size-5 appearance-none rounded-[0.3rem] bg-raised ring-1 ring-inset ring-line-strong checked:bg-accent checked:ring-accent"
          {...rest}
        />
        <Check
          className="pointer-events-none absolute inset-0 m-auto size-4 text-on-accent opacity-0 peer-checked:opacity-100"
          strokeWidth={3}
          aria-hidden
        />
      </span>
      <span className="text-sm text-ink">
        {label}
        {description ? <span className="mt-0.5 block text-ink-faint">{description}</span> : null}
      </span>
    </label>
  )
}
