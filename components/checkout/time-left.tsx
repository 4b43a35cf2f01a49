'use client'

import { Clock } from 'lucide-react'
import { useEffect, useState } from 'react'
import { fill } from '../i18n/fill'

/** What is left until a moment, as minutes and seconds, or hours and minutes. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.floor(leftMs / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

interface Props {
  readonly until: Date
  readonly now: Date
  /** Holds {time}. */
  readonly text: string
  readonly overText: string
  readonly className?: string
}

/** Milliseconds until a moment, by the server's clock: the phone's may be wrong. Counts down every second. */
export function useTimeLeft(until: Date, now: Date): number {
  const [left, setLeft] = useState(until.getTime() - now.getTime())
  useEffect(() => {
    const startedAt = performance.now()
    const whole = until.getTime() - now.getTime()
    const timer = setInterval(() => setLeft(whole - (performance.now() - startedAt)), 1000)
    return () => clearInterval(timer)
  }, [until, now])
  return left
}

/** How long there still is. */
export function TimeLeft({ until, now, text, overText, className }: Props) {
  const left = useTimeLeft(until, now)
  return (
    <span className={className} role="timer">
      <Clock className="mr-1 inline size-4 align-[-0.2em]" aria-hidden />
      {left > 0 ? fill(text, { time: countdown(left) }) : overText}
    </span>
  )
}
