'use client'

import { Tabs as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { classNames } from './class-names'

/** Tabs inside one page. Where each tab is its own list, use LinkTabs: the URL then remembers which one was open. */
export const Tabs = Primitive.Root

export function TabList({ className, ...rest }: ComponentProps<typeof Primitive.List>) {
  return (
    <Primitive.List className={classNames('flex gap-5 overflow-x-auto border-b border-line', className)} {...rest} />
  )
}

export function Tab({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={classNames(
        '-mb-px border-b-2 border-transparent py-2.5 text-sm font-medium whitespace-nowrap text-ink-faint hover:text-ink',
        'data-[state=active]:border-ink data-[state=active]:text-ink',
        className,
      )}
      {...rest}
    />
  )
}

export const TabPanel = Primitive.Content
