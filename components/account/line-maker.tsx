'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type { DeclineReason } from '@/lib/payments/decline-reason'
import type accountTexts from '@/locales/ko/account.json'
import { CodeField } from '../phone/code-field'
import { LineFields } from '../phone/line-fields'
import type { CodeAnswer, CodeCheck, PhoneWords } from '../phone/phone-view'
import { nothingTypedLine, numberOf } from '../phone/typed-line'
import { usePhoneCode } from '../phone/use-phone-code'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Notice } from '../ui/notice'

interface Props {
  readonly words: {
    readonly maker: (typeof accountTexts)['newLine']
    readonly phone: PhoneWords
    readonly decline: Readonly<Record<DeclineReason, string>>
  }
  readonly locale: string
  readonly offer: SealingOffer
  readonly send: (message: string) => Promise<CodeAnswer>
  /** Tries the code; the right one adds the line. */
  readonly add: (message: string, nickname: string) => Promise<CodeCheck>
}

/** Adds a line or calling card: its number, then the code that proves who holds it. */
export function LineMaker({ words, locale, offer, send, add }: Props) {
  const router = useRouter()
  const sealing = useSeal(offer)
  const [line, setLine] = useState(nothingTypedLine)
  const [nickname, setNickname] = useState('')
  const [hasAgreed, setAgreed] = useState(false)
  const [showsAll, setShowsAll] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { maker, phone } = words
  const code = usePhoneCode({
    sealing,
    actions: {
      send,
      async check(message) {
        const answer = await add(message, nickname)
        if (answer.kind === 'proven') router.push('/account/lines?done=added')
        return answer
      },
    },
    words: phone,
    decline: words.decline,
  })

  function ask() {
    flushSync(() => setShowsAll(true))
    const number = numberOf(line)
    if (number && hasAgreed) return void code.send(number)
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }

  return (
    <form
      ref={form}
      className="flex max-w-xl flex-col gap-5"
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
              {maker.done}
            </Notice>
          ) : (
            <CodeField code={code} words={phone} locale={locale} onResend={ask} />
          )}
        </>
      ) : (
        <>
          <LineFields line={line} onLine={setLine} words={phone} showsAll={showsAll} onlyNumber />
          <Field id="line-nickname" label={maker.nickname} hint={maker.nicknameHint}>
            <Input
              {...fieldControl('line-nickname', { hint: maker.nicknameHint })}
              maxLength={40}
              autoComplete="off"
              value={nickname}
              onChange={({ target }) => setNickname(target.value)}
            />
          </Field>
          <div>
            <Checkbox
              label={phone.consentLine}
              checked={hasAgreed}
              aria-invalid={showsAll && !hasAgreed ? true : undefined}
              aria-describedby={showsAll && !hasAgreed ? 'line-consent-error' : undefined}
              onChange={({ target }) => setAgreed(target.checked)}
            />
            {showsAll && !hasAgreed ? (
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
        </>
      )}
    </form>
  )
}
