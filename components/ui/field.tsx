import type { ReactNode } from 'react'
import { CircleAlert } from 'lucide-react'
import { classNames } from './class-names'

interface Props {
  /** The id of the control inside. The texts below it are named `${id}-hint` and `${id}-error`. */
  readonly id: string
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: ReactNode
  /** Stands at the right of the label, e.g. "optional". */
  readonly aside?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** A labelled control with what helps to fill it in, and in words what is wrong with it. */
export function Field({ id, label, hint, error, aside, className, children }: Props) {
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium text-ink">
          {label}
        </label>
        {aside ? <span className="text-xs text-ink-faint">{aside}</span> : null}
      </div>
      {children}
      {error ? (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm text-bad" role="alert">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          <span>{error}</span>
        </p>
      ) : null}
      {hint && !error ? (
        <p id={`${id}-hint`} className="text-sm text-ink-faint">
          {hint}
        </p>
      ) : null}
    </div>
  )
}

/** What a control inside a Field has to carry, so that its texts are read out with it. */
export function fieldControl(id: string, { hint, error }: { hint?: ReactNode; error?: ReactNode }) {
  return {
    id,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error ? `${id}-error` : hint ? `${id}-hint` : undefined,
  } as const
}
