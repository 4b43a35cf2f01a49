'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import type accountTexts from '@/locales/ko/account.json'
import { inGroups } from '@/lib/cards/card-number'
import { TimeLeft } from '../checkout/time-left'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { LogoMark } from '../ui/logo'

interface Props {
  readonly masked: string
  /** What it is good for, as a sentence. */
  readonly use: string
  /** MM/YY, for card forms. */
  readonly expiry: string
  readonly expiresAt: Date
  readonly now: Date
  readonly isLive: boolean
  readonly reveal: () => Promise<string | undefined>
  readonly words: (typeof accountTexts)['vcard']
}

/** The V-Card as a card: its number on demand, with a copy button, and how long it is still good (M-329). */
export function VcardFace({ masked, use, expiry, expiresAt, now, isLive, reveal, words }: Props) {
  const [number, setNumber] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function show() {
    setBusy(true)
    setNumber(await reveal().catch(() => undefined))
    setBusy(false)
  }

  return (
    <div className="w-full max-w-md rounded-xl bg-accent p-6 text-on-accent">
      <div className="flex items-start justify-between gap-4">
        <p className="text-sm font-medium">{use}</p>
        <LogoMark className="size-8 shrink-0" />
      </div>
      <p className="figures mt-8 text-xl font-semibold tracking-wider sm:text-2xl" data-testid="vcard-number">
        <span className="sr-only">{words.number} </span>
        {number ? inGroups(number) : masked}
      </p>
      <div className="mt-4 flex items-end justify-between gap-4 text-sm">
        <div>
          <p className="text-xs">{words.expiry}</p>
          <p className="figures font-semibold">{expiry}</p>
        </div>
        <p className="figures text-right">
          {isLive ? <TimeLeft until={expiresAt} now={now} text={words.expiresIn} overText={words.expired} /> : null}
        </p>
      </div>
      {isLive ? (
        <div className="mt-5 flex flex-wrap gap-2">
          {number ? (
            <>
              <span className="rounded-md bg-raised text-ink">
                <CopyButton text={number} label={words.copy} done={words.copied} />
              </span>
              <Button size="small" onClick={() => setNumber(undefined)}>
                <EyeOff aria-hidden />
                {words.hide}
              </Button>
            </>
          ) : (
            <Button size="small" busy={isBusy} onClick={() => void show()}>
              <Eye aria-hidden />
              {words.show}
            </Button>
          )}
        </div>
      ) : null}
    </div>
  )
}
