import type { ReactNode } from 'react'
import { classNames } from './class-names'

interface Props {
  /** What the code means; a code without words stands alone. */
  readonly words: ReactNode
  readonly code?: string | undefined
  readonly className?: string
}

/** What happened in words, and small beside it the code that whoever asks another system about it has to name. */
export function Coded({ words, code, className }: Props) {
  return (
    <span className={classNames('text-ink-faint', className)}>
      {words}
      {words && code ? ' ' : null}
      {code ? <span className="font-mono text-xs break-all text-ink-faint">{code}</span> : null}
    </span>
  )
}
