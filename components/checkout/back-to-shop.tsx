'use client'

import { useEffect, useState } from 'react'
import { fill } from '../i18n/fill'
import { Button } from '../ui/button'
import { buttonLook } from '../ui/button-look'
import type { CheckoutWords } from './checkout-view'

const SECONDS = 5

/**
 * Leads back to the shop by itself after a few seconds, unless the shopper wants to stay. Whoever goes through the page by keys wants
 * to: they cannot be at the button in time (WCAG 2.2.1).
 */
export function BackToShop({ address, words }: { address: string; words: CheckoutWords['paid'] }) {
  const [left, setLeft] = useState<number | undefined>(SECONDS)
  useEffect(() => {
    if (left === undefined) return
    if (left === 0) return window.location.assign(address)
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left, address])
  useEffect(() => {
    const stay = () => setLeft(undefined)
    window.addEventListener('keydown', stay, { once: true })
    return () => window.removeEventListener('keydown', stay)
  }, [])
  return (
    <div className="flex flex-col gap-3 print:hidden">
      <a href={address} className={buttonLook({ kind: 'primary', size: 'large', wide: true })}>
        {words.backToShop}
      </a>
      {left === undefined ? null : (
        <p className="flex items-center justify-center gap-2 text-sm text-ink-faint">
          <span aria-hidden>{fill(words.backIn, { seconds: left })}</span>
          <span className="sr-only">{fill(words.backIn, { seconds: SECONDS })}</span>
          <Button kind="quiet" size="small" onClick={() => setLeft(undefined)}>
            {words.stay}
          </Button>
        </p>
      )}
    </div>
  )
}
