'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import type { PayProgress } from './checkout-view'

/** Often while issuers are being asked; seldom once it has become a matter of waiting. */
const SOON_MS = 400
const LATER_MS = 2000
const SOON_FOR_MS = 15_000

/**
 * Asks how a payment stands, again and again, and tells once when it has come to rest.
 * @param address of the progress route; undefined: nobody is watching
 */
export function useProgress(address: string | undefined, onRest: () => void): PayProgress | undefined {
  const [progress, setProgress] = useState<PayProgress>()
  const rest = useEffectEvent(onRest)
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
      if (answer && answer.verdict !== 'open' && answer.verdict !== 'being-checked') return rest()
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
