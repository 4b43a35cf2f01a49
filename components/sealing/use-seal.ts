'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useTransition } from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import { seal } from './seal'

export interface Seal {
  /** Encrypts what was typed with the newest offer of the page. */
  seal(typed: Readonly<Record<string, unknown>>): Promise<string>
  /** Fetches the page anew, and with it the next offer: each is good once. */
  renew(): void
  /** Until the new page is there nothing can be sent. */
  readonly isRenewing: boolean
}

/** Seals what a form sends. */
export function useSeal(offer: SealingOffer): Seal {
  const router = useRouter()
  const [isRenewing, startRenewing] = useTransition()
  const openedAt = useRef(0)
  useEffect(() => {
    openedAt.current = performance.now()
  }, [offer])
  return {
    seal: useCallback((typed) => seal(offer, typed, openedAt.current), [offer]),
    renew: useCallback(() => startRenewing(() => router.refresh()), [router]),
    isRenewing,
  }
}
