'use client'

import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type { DeclineReason } from '@/lib/payments/decline-reason'
import type authTexts from '@/locales/ko/auth.json'
import { CodeField } from '../phone/code-field'
import type { CodeAnswer, CodeCheck, PhoneWords } from '../phone/phone-view'
import { nothingTypedLine, numberOf } from '../phone/typed-line'
import { usePhoneCode } from '../phone/use-phone-code'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Notice } from '../ui/notice'

/** Once the line is proved, where to go with it. */
export type ConsentCheck = Exclude<CodeCheck, { kind: 'proven' }> | { readonly kind: 'proven'; readonly next: string }

interface Props {
  readonly words: {
    readonly page: (typeof authTexts)['authorize']
    readonly phone: PhoneWords
    readonly decline: Readonly<Record<DeclineReason, string>>
  }
  readonly locale: string
  readonly offer: SealingOffer
  /** Where somebody goes who does not agree. */
  readonly denyUrl: string
  readonly send: (message: string) => Promise<CodeAnswer>
  readonly agree: (message: string) => Promise<ConsentCheck>
}

/** A person's word that a shop's program may charge their line: the number, then the code that was sent to it. */
export function LineConsent({ words, locale, offer, denyUrl, send, agree }: Props) {
  const sealing = useSeal(offer)
  const [line, setLine] = useState(nothingTypedLine)
  const [hasAgreed, setAgreed] = useState(false)
  const [showsAll, setShowsAll] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { page, phone } = words
  const code = usePhoneCode({
    sealing,
    actions: {
      send,
      async check(message) {
        const answer = await agree(message)
        if (answer.kind !== 'proven') return answer
        // The code for the program is good for a minute, so nobody has to press anything more.
        window.location.assign(answer.next)
        return { kind: 'proven' }
      },
    },
    words: phone,
    decline: words.decline,
  })
  const numberFault = showsAll && !numberOf(line) ? phone.fault.number : undefined
  const consentFault = showsAll && !hasAgreed

  function ask() {
    flushSync(() => setShowsAll(true))
    const number = numberOf(line)
    if (number && hasAgreed) return void code.send(number)
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }

  return (
    <form
      ref={form}
      className="flex flex-col gap-5"
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
              {page.done}
            </Notice>
          ) : (
            <CodeField code={code} words={phone} locale={locale} onResend={ask} />
          )}
        </>
      ) : (
        <>
          <Field id="line-number" label={phone.number} error={numberFault}>
            <Input
              {...fieldControl('line-number', { error: numberFault })}
              type="tel"
              inputMode="tel"
              autoComplete="tel"
              className="figures"
              placeholder="010-0000-0000"
              maxLength={24}
              value={line.number}
              onChange={({ target }) => setLine({ ...line, number: target.value })}
            />
          </Field>
          <div>
            <Checkbox
              label={page.consent}
              checked={hasAgreed}
              aria-invalid={consentFault ? true : undefined}
              aria-describedby={consentFault ? 'line-consent-error' : undefined}
              onChange={({ target }) => setAgreed(target.checked)}
            />
            {consentFault ? (
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
          <a href={denyUrl} className="text-center text-sm font-semibold text-ink-soft underline">
            {page.deny}
          </a>
        </>
      )}
    </form>
  )
}
