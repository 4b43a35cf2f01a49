'use client'

import en from '@/locales/en/sealing.json'
import ko from '@/locales/ko/sealing.json'
import { Notice } from '../ui/notice'
import type { SealingFault } from './cannot-seal'

/** Why nothing was sent, and what to do. It brings its own words, because hardly any page ever needs them. */
export function SealingNotice({ fault }: { readonly fault: SealingFault }) {
  const words = document.documentElement.lang === 'ko' ? ko : en
  return (
    <Notice tone="bad" title={words.title} live>
      {words[fault]}
    </Notice>
  )
}
