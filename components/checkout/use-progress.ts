'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import type { PayProgress } from './checkout-view'

/** Often while issuers are being asked; seldom once it has become a matter of waiting. */
const SOON_MS = 400
const LATER_MS = 2000
const SOON_FOR_MS = 15_000

/** What is being watched, and when it counts as come to rest. */
export interface Watched {
  /** Of the progress route. */
  readonly address: string
  readonly isAtRest: (progress: PayProgress) => boolean
}

export const isDecided = ({ verdict }: PayProgress) => verdict !== 'open' && verdict !== 'being-checked'

/** Asks how a payment stands, again and again, and tells once when it has come to rest. Undefined: nobody is watching. */
export function useProgress(
  watched: Watched | undefined,
  onRest: (progress: PayProgress) => void,
): PayProgress | undefined {
  const [progress, setProgress] = useState<PayProgress>()
  const rest = useEffectEvent(onRest)
  const isAtRest = useEffectEvent((answer: PayProgress) => watched?.isAtRest(answer) ?? true)
  const address = watched?.address
  useEffect(() => {
    if (!address) return
    const startedAt = performance.now()
    let timer: ReturnType<typeof setTimeout>
    let isOver = false
    const ask = async () => {
      const answer = await fetch(address, { cache: 'no-store' })
        .then(async (response) => (response.ok ? ((await response.json()) as PayProgress) : undefined))
        .catch(() => undefined)
      if (isOver) return
      if (answer) setProgress(answer)
      if (answer && isAtRest(answer)) return rest(answer)
      timer = setTimeout(() => void ask(), performance.now() - startedAt < SOON_FOR_MS ? SOON_MS : LATER_MS)
    }
    void ask()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [address])
  return progress
}
