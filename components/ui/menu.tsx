'use client'

import { DropdownMenu as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { classNames } from './class-names'

export const Menu = Primitive.Root
export const MenuTrigger = Primitive.Trigger

export function MenuContent({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align="end"
        sideOffset={6}
        className={classNames('z-50 min-w-44 rounded-md bg-raised p-1 shadow-floating ring-1 ring-line', className)}
        {...rest}
      />
    </Primitive.Portal>
  )
}

export function MenuItem({ className, ...rest }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      className={classNames(
        'flex min-h-10 cursor-pointer items-center gap-2.5 rounded-sm px-3 text-sm text-ink outline-none',
        'data-[highlighted]:bg-hover data-[disabled]:text-ink-faint [&_svg]:size-4',
        className,
      )}
      {...rest}
    />
  )
}
