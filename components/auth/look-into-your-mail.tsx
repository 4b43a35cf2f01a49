'use client'

import type authTexts from '@/locales/ko/auth.json'
import { fill } from '../i18n/fill'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'

interface Props {
  readonly words: (typeof authTexts)['register' | 'forgot']['mailed']
  readonly email: string
  readonly isBusy: boolean
  /** Whether it was asked for again. */
  readonly isAgain: boolean
  readonly sendAgain: () => void
  readonly change: () => void
}

/** What everybody reads who has registered or forgotten their password, whether or not they have an account (P6.7). */
export function LookIntoYourMail({ words, email, isBusy, isAgain, sendAgain, change }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="good" live title={words.title}>
        {fill(words.text, { email })} {isAgain ? words.sent : null}
      </Notice>
      <p className="text-sm text-ink-soft">{words.none}</p>
      <Button size="large" wide busy={isBusy} onClick={sendAgain}>
        {words.again}
      </Button>
      <Button kind="quiet" onClick={change}>
        {words.change}
      </Button>
    </div>
  )
}
