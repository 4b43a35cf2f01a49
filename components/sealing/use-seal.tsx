'use client'

import { useRouter } from 'next/navigation'
import {
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  useTransition,
} from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import { CannotSeal, type SealingFault } from './cannot-seal'
import { canEncrypt, seal } from './seal'

const SealingNotice = lazy(() => import('./sealing-notice').then((module) => ({ default: module.SealingNotice })))

export interface Seal {
  /**
   * Encrypts what was typed with the newest offer there is.
   * @throws CannotSeal; the notice then says why
   */
  seal(typed: Readonly<Record<string, unknown>>): Promise<string>
  /** Takes the offer that an answer brought: forms that send several messages need not fetch the page between them. */
  adopt(offer: SealingOffer | undefined): void
  /** Fetches the page anew, and with it the next offer: each is good once. */
  renew(): void
  /** Until the new page is there nothing can be sent. */
  readonly isRenewing: boolean
  /** Says in words why this page sends nothing; null as long as it can. */
  readonly notice: ReactNode
}

const neverChanges = () => () => undefined

/** Seals what a form sends. */
export function useSeal(offer: SealingOffer): Seal {
  const router = useRouter()
  const [isRenewing, startRenewing] = useTransition()
  const [adopted, setAdopted] = useState<{ readonly in: SealingOffer; readonly offer: SealingOffer }>()
  // Said before anything is typed, not after.
  const isAble = useSyncExternalStore(neverChanges, canEncrypt, () => true)
  const [met, setMet] = useState<SealingFault>()
  const fault = isAble ? met : 'unable'
  // A page that was fetched anew has brought a newer one.
  const newest = adopted?.in === offer ? adopted.offer : offer
  const openedAt = useRef(0)
  useEffect(() => {
    openedAt.current = performance.now()
  }, [newest])
  return {
    seal: useCallback(
      async (typed) => {
        try {
          const message = await seal(newest, typed, openedAt.current)
          setMet(undefined)
          return message
        } catch (error) {
          if (error instanceof CannotSeal) setMet(error.fault)
          throw error
        }
      },
      [newest],
    ),
    adopt: useCallback(
      (given) => {
        if (given) setAdopted({ in: offer, offer: given })
      },
      [offer],
    ),
    renew: useCallback(() => startRenewing(() => router.refresh()), [router]),
    isRenewing,
    notice: fault ? (
      <Suspense>
        <SealingNotice fault={fault} />
      </Suspense>
    ) : null,
  }
}
