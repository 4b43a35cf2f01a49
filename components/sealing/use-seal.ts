'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState, useTransition } from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import { seal } from './seal'

export interface Seal {
  /** Encrypts what was typed with the newest offer there is. */
  seal(typed: Readonly<Record<string, unknown>>): Promise<string>
  /** Takes the offer that an answer brought: forms that send several messages need not fetch the page between them. */
  adopt(offer: SealingOffer | undefined): void
  /** Fetches the page anew, and with it the next offer: each is good once. */
  renew(): void
  /** Until the new page is there nothing can be sent. */
  readonly isRenewing: boolean
}

/** Seals what a form sends. */
export function useSeal(offer: SealingOffer): Seal {
  const router = useRouter()
  const [isRenewing, startRenewing] = useTransition()
  const [adopted, setAdopted] = useState<{ readonly in: SealingOffer; readonly offer: SealingOffer }>()
  // A page that was fetched anew has brought a newer one.
  const newest = adopted?.in === offer ? adopted.offer : offer
  const openedAt = useRef(0)
  useEffect(() => {
    openedAt.current = performance.now()
  }, [newest])
  return {
    seal: useCallback((typed) => seal(newest, typed, openedAt.current), [newest]),
    adopt: useCallback(
      (given) => {
        if (given) setAdopted({ in: offer, offer: given })
      },
      [offer],
    ),
    renew: useCallback(() => startRenewing(() => router.refresh()), [router]),
    isRenewing,
  }
}
