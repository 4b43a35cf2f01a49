import type { ComponentProps } from 'react'
import { classNames } from './class-names'
import { controlLook } from './input'

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={classNames(controlLook, 'h-auto min-h-24 py-3', className)} {...rest} />
}
