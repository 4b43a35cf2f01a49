import type { ComponentProps } from 'react'
import { classNames } from './class-names'

export const controlLook = classNames(
  'h-12 w-full rounded-md bg-raised px-3.5 text-base text-ink ring-1 ring-inset ring-line-strong/70',
  'placeholder:text-ink-faint hover:ring-line-strong',
  'focus:outline-none focus:ring-2 focus:ring-accent',
  'aria-invalid:ring-bad aria-invalid:focus:ring-bad',
  'disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint',
)

/** A line of text. Put it in a Field. Sixteen pixels, so that phones do not zoom in. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classNames(controlLook, className)} {...rest} />
}
