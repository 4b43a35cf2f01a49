import type { ComponentProps } from 'react'
import { classNames } from './class-names'

/** A table that scrolls sideways inside its frame when the screen is narrow. Give it a caption or aria-label. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return (
    <div className="relative -mx-1 overflow-x-auto px-1" tabIndex={0} role="region" aria-label={rest['aria-label']}>
      <table className={classNames('w-full border-collapse text-sm', className)} {...rest} />
    </div>
  )
}

const HEAD = 'border-b border-line px-3 py-2.5 text-left text-xs font-medium whitespace-nowrap text-ink-faint'

/** The head of a column; above a column of buttons alone there is nothing to read, and so no head. */
export function TableHead({ className, children, ...rest }: ComponentProps<'th'>) {
  if (children === undefined) return <td className={classNames(HEAD, className)} />
  return (
    <th scope="col" className={classNames(HEAD, className)} {...rest}>
      {children}
    </th>
  )
}

export function TableRow({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={classNames('border-b border-line last:border-0 hover:bg-hover/60', className)} {...rest} />
}

export function TableCell({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={classNames('px-3 py-3 align-middle text-ink', className)} {...rest} />
}

/** A cell of figures: at the right, under each other. */
export function FigureCell({ className, ...rest }: ComponentProps<'td'>) {
  return <TableCell className={classNames('figures text-right whitespace-nowrap', className)} {...rest} />
}
