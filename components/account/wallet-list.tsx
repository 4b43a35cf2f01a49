'use client'

import {
  ArrowDown,
  ArrowUp,
  Coins,
  CreditCard,
  FileSignature,
  Landmark,
  Smartphone,
  Star,
  WalletCards,
} from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef, useState, useTransition } from 'react'
import type accountTexts from '@/locales/ko/account.json'
import { fill } from '../i18n/fill'
import { Badge, type Tone } from '../ui/badge'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { Notice } from '../ui/notice'

const ICONS = {
  card: CreditCard,
  line: Smartphone,
  account: WalletCards,
  'e-cash': Coins,
  bank: Landmark,
  mandate: FileSignature,
} as const

interface Entry {
  readonly means: string
  readonly kind: keyof typeof ICONS
  readonly name: string
  readonly detail: string
  readonly href: string
  readonly state?: { readonly words: string; readonly tone: Tone }
}

type Deed = 'up' | 'down' | 'prefer'

interface Props {
  readonly all: readonly Entry[]
  readonly preferred: string | undefined
  readonly words: (typeof accountTexts)['wallet']
  readonly move: (means: string, way: 'up' | 'down') => Promise<void>
  readonly prefer: (means: string | null) => Promise<void>
}

/** Everything there is to pay with, in the order in which the checkout offers it; moved by buttons, so by keys too. */
export function WalletList({ all, preferred, words, move, prefer }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const [isBusy, start] = useTransition()
  const [last, setLast] = useState<{ readonly means: string; readonly deed: Deed }>()
  const [isLost, setLost] = useState(false)
  const place = all.findIndex(({ means }) => means === last?.means)
  const name = all[place]?.name ?? ''

  // A row that moves takes the focus along: whoever works by keys stays at the button that they pressed.
  useEffect(() => {
    if (isBusy || !last) return
    const row = list.current?.querySelector(`[data-means="${last.means}"]`)
    row?.querySelector<HTMLElement>(`[data-deed="${last.deed}"]`)?.focus()
  }, [isBusy, last])

  function done(means: string, deed: Deed, ask: () => Promise<void>): void {
    setLast({ means, deed })
    setLost(false)
    start(() => ask().catch(() => setLost(true)))
  }
  const said =
    !last || isBusy || isLost
      ? ''
      : last.deed === 'prefer'
        ? fill(preferred === last.means ? words.nowPreferred : words.noLonger, { name })
        : fill(words.movedTo, { name, place: place + 1, count: all.length })

  return (
    <>
      <ol ref={list} className="flex flex-col gap-2.5" aria-busy={isBusy || undefined}>
        {all.map(({ means, kind, name: own, detail, href, state }, index) => {
          const Icon = ICONS[kind]
          const isPreferred = means === preferred
          return (
            <li
              key={means}
              data-means={means}
              className={classNames(
                'flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl bg-raised p-4 ring-1 ring-line',
                isPreferred && 'ring-2 ring-accent',
              )}
            >
              <Icon className="size-5 shrink-0 text-ink-faint" aria-hidden />
              <div className="min-w-0 flex-1 basis-40">
                <Link href={href} className="block truncate font-medium text-ink hover:underline">
                  {own}
                </Link>
                <p className="figures text-sm text-ink-faint">
                  {words.kind[kind]} · {detail}
                </p>
              </div>
              {state ? <Badge tone={state.tone}>{state.words}</Badge> : null}
              <div className="ml-auto flex items-center gap-1">
                <Button
                  size="small"
                  kind={isPreferred ? 'secondary' : 'quiet'}
                  data-deed="prefer"
                  aria-pressed={isPreferred}
                  aria-label={fill(words.preferNamed, { name: own })}
                  onClick={() => done(means, 'prefer', () => prefer(isPreferred ? null : means))}
                >
                  <Star aria-hidden className={isPreferred ? 'fill-current' : undefined} />
                  {isPreferred ? words.preferred : words.prefer}
                </Button>
                <Button
                  size="small"
                  kind="quiet"
                  data-deed="up"
                  aria-label={fill(words.up, { name: own })}
                  aria-disabled={index === 0 || undefined}
                  className="aria-disabled:opacity-40"
                  onClick={() => (index === 0 ? undefined : done(means, 'up', () => move(means, 'up')))}
                >
                  <ArrowUp aria-hidden />
                </Button>
                <Button
                  size="small"
                  kind="quiet"
                  data-deed="down"
                  aria-label={fill(words.down, { name: own })}
                  aria-disabled={index === all.length - 1 || undefined}
                  className="aria-disabled:opacity-40"
                  onClick={() =>
                    index === all.length - 1 ? undefined : done(means, 'down', () => move(means, 'down'))
                  }
                >
                  <ArrowDown aria-hidden />
                </Button>
              </div>
            </li>
          )
        })}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
      {isLost ? (
        <Notice tone="bad" className="mt-4" live>
          {words.lost}
        </Notice>
      ) : null}
    </>
  )
}
