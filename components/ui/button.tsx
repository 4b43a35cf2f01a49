import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'
import { buttonLook } from './button-look'
import type { ButtonLook } from './button-look'
import { classNames } from './class-names'

type Props = ComponentProps<'button'> &
  ButtonLook & {
    /** Shows that it works and cannot be pressed again; it keeps its size, and keyboard focus. */
    busy?: boolean
  }

/** A button. `type` is "button" unless said otherwise, so that none submits a form by accident. */
export function Button({ kind, size, wide, busy = false, className, children, onClick, type, ...rest }: Props) {
  return (
    <button
      type={type ?? 'button'}
      className={classNames(buttonLook({ kind, size, wide }), busy && 'cursor-progress', className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {busy ? (
        <>
          <span className="absolute inset-0 flex items-center justify-center">
            <LoaderCircle className="animate-spin" aria-hidden />
          </span>
          <span className="opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  )
}
