'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button'

/** Copies a text; says so, and says it aloud. */
export function CopyButton({
  text,
  label,
  done,
  iconOnly = false,
}: {
  text: string
  label: string
  done: string
  iconOnly?: boolean
}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button
      kind="quiet"
      size={iconOnly ? 'icon' : 'small'}
      aria-label={iconOnly ? label : undefined}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {iconOnly ? null : <span>{copied ? done : label}</span>}
      <span role="status" className="sr-only">
        {copied ? done : ''}
      </span>
    </Button>
  )
}
