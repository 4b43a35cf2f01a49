'use client'

import type { ReactNode } from 'react'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type { DeclineReason } from '@/lib/payments/decline-reason'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { Notice } from '../ui/notice'
import { CodeField } from './code-field'
import type { CodeAnswer, CodeCheck, PhoneWords } from './phone-view'
import { nothingTypedLine, numberOf, type TypedLine } from './typed-line'
import { usePhoneCode } from './use-phone-code'

export interface LineProofProps {
  readonly words: {
    readonly phone: PhoneWords
    readonly decline: Readonly<Record<DeclineReason, string>>
    readonly consent: string
    readonly done: string
  }
  readonly locale: string
  readonly offer: SealingOffer
  readonly send: (message: string) => Promise<CodeAnswer>
  readonly check: (message: string) => Promise<CodeCheck>
  /** Where the number is typed, and what else is asked before the code is sent. */
  readonly fields: (typed: {
    readonly line: TypedLine
    readonly onLine: (line: TypedLine) => void
    readonly showsAll: boolean
  }) => ReactNode
  /** Below the button. */
  readonly children?: ReactNode
  readonly className?: string
}

/** Proves who holds a line: its number and consent first, then the code that was sent to it. */
export function LineProof({ words, locale, offer, send, check, fields, children, className }: LineProofProps) {
  const sealing = useSeal(offer)
  const [line, setLine] = useState(nothingTypedLine)
  const [hasAgreed, setAgreed] = useState(false)
  const [showsAll, setShowsAll] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { phone, decline } = words
  const code = usePhoneCode({ sealing, actions: { send, check }, words: phone, decline })
  const lacksConsent = showsAll && !hasAgreed

  function ask() {
    flushSync(() => setShowsAll(true))
    const number = numberOf(line)
    if (number && hasAgreed) return void code.send(number)
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }

  return (
    <form
      ref={form}
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!code.sent && !code.busy) ask()
      }}
    >
      {code.sent ? (
        <>
          <div className="flex items-center justify-between gap-4">
            <p className="figures font-semibold text-ink">{line.number}</p>
            <Button kind="quiet" size="small" onClick={code.forget}>
              {phone.change}
            </Button>
          </div>
          {code.proof ? (
            <Notice tone="good" live>
              {words.done}
            </Notice>
          ) : (
            <CodeField code={code} words={phone} locale={locale} onResend={ask} />
          )}
        </>
      ) : (
        <>
          {fields({ line, onLine: setLine, showsAll })}
          <div>
            <Checkbox
              label={words.consent}
              checked={hasAgreed}
              aria-invalid={lacksConsent ? true : undefined}
              aria-describedby={lacksConsent ? 'line-consent-error' : undefined}
              onChange={({ target }) => setAgreed(target.checked)}
            />
            {lacksConsent ? (
              <p id="line-consent-error" role="alert" className="mt-1.5 pl-8 text-sm text-bad">
                {phone.fault.consent}
              </p>
            ) : null}
          </div>
          {sealing.notice ??
            (code.fault ? (
              <Notice tone="bad" live>
                {code.fault}
              </Notice>
            ) : null)}
          <Button type="submit" kind="primary" size="large" busy={code.busy === 'sending'}>
            {phone.send}
          </Button>
          {children}
        </>
      )}
    </form>
  )
}
