'use client'

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

const LOOKS = {
  info: { box: 'bg-info-soft text-info', Icon: Info },
  good: { box: 'bg-good-soft text-good', Icon: CircleCheck },
  warn: { box: 'bg-warn-soft text-warn', Icon: TriangleAlert },
  bad: { box: 'bg-bad-soft text-bad', Icon: CircleAlert },
} as const

interface Props {
  readonly tone?: keyof typeof LOOKS
  readonly title?: ReactNode
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly className?: string
  /** True when it appears after the page was read: it is then read out. */
  readonly live?: boolean
}

/** Something the reader should know: what happened, what it means for money, what to do next. */
export function Notice({ tone = 'info', title, children, actions, className, live = false }: Props) {
  const { box, Icon } = LOOKS[tone]
  return (
    <div
      className={classNames('flex gap-3 rounded-lg px-4 py-3.5 text-sm', box, className)}
      role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}
    >
      <Icon className="mt-0.5 size-5 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="text-ink-soft">{children}</div> : null}
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  )
}
