'use client'

import { type ComponentProps, lazy, Suspense } from 'react'
import type { PrintButton as Printing } from '../ui/print-button'
import type { BackToShop as Back } from './back-to-shop'
import type { BeingChecked as Checked } from './being-checked'

// What the checkout's page shows when something has been paid is no part of what is fetched before anybody can pay.
const LazyBack = lazy(() => import('./back-to-shop').then((module) => ({ default: module.BackToShop })))
const LazyChecked = lazy(() => import('./being-checked').then((module) => ({ default: module.BeingChecked })))
const LazyPrint = lazy(() => import('../ui/print-button').then((module) => ({ default: module.PrintButton })))

export function BackToShop(props: ComponentProps<typeof Back>) {
  return (
    <Suspense>
      <LazyBack {...props} />
    </Suspense>
  )
}

export function BeingChecked(props: ComponentProps<typeof Checked>) {
  return (
    <Suspense>
      <LazyChecked {...props} />
    </Suspense>
  )
}

export function PrintButton(props: ComponentProps<typeof Printing>) {
  return (
    <Suspense>
      <LazyPrint {...props} />
    </Suspense>
  )
}
