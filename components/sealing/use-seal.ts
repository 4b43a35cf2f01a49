'use client'

import { useCallback, useEffect, useRef } from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import { seal } from './seal'

/** Seals with the newest offer of the page; each offer is good once. */
export function useSeal(offer: SealingOffer): (typed: Readonly<Record<string, unknown>>) => Promise<string> {
  const openedAt = useRef(0)
  useEffect(() => {
    openedAt.current = performance.now()
  }, [offer])
  return useCallback((typed) => seal(offer, typed, openedAt.current), [offer])
}
