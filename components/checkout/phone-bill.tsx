'use client'

import { LockKeyhole } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { CodeField } from '../phone/code-field'
import { LineFields, PinField } from '../phone/line-fields'
import { phoneCode } from '../phone/phone-code'
import type { SavedLine } from '../phone/phone-view'
import { isPin } from '../phone/typed-line'
import type { Seal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { Field, fieldControl } from '../ui/field'
import { MoneyField } from '../ui/money-field'
import { Notice } from '../ui/notice'
import type { CheckoutActions, CheckoutTexts, CheckoutView } from './checkout-view'
import { RestRows } from './rest-rows'
import { phoneShare } from './typed-phone'
import type { MeansState } from './use-means'
import { wantedLine } from './wanted-line'

interface Props {
  /** Absent: a line is typed in. */
  readonly saved: SavedLine | undefined
  readonly view: CheckoutView
  readonly means: MeansState
  readonly words: CheckoutTexts
  readonly locale: string
  readonly actions: CheckoutActions
  readonly sealing: Pick<Seal, 'seal' | 'adopt'>
  /** For a rest that is paid by card. */
  readonly newCard: ReactNode
  readonly split: (part: bigint) => ReactNode
}

/** The phone bill at the checkout: the line, how much of the order, consent, and the code that proves who holds the line. */
export function PhoneBill({ saved, view, means, words: texts, locale, actions, sealing, newCard, split }: Props) {
  const words = texts.phone
  const { amount, currency } = view
  const { phone, setPhone: onPhone } = means
  const [showsAll, setShowsAll] = useState(false)
  const panel = useRef<HTMLDivElement>(null)
  const share = phoneShare(phone, amount)
  const money = (value: bigint) => formatMoney(value, currency, locale)
  const code = phoneCode(means.code, means.setCode, {
    sealing,
    actions: {
      send: (message) => actions.sendCode(message, share ?? 0n),
      check: (message) => actions.checkCode(message, share ?? 0n),
    },
    words,
    decline: texts.decline,
  })

  function send() {
    flushSync(() => setShowsAll(true))
    const calling = wantedLine(phone, saved)
    if (calling && share && phone.consent) return void code.send(calling)
    panel.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }

  const partFault = showsAll && !share ? words.fault.amount : undefined
  const partHint = fill(words.part.of, { amount: money(amount) })
  return (
    <div
      ref={panel}
      onKeyDown={(event) => {
        // Enter in a field asks for the code, which comes before paying.
        const isField = event.target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(event.target.type)
        if (event.key !== 'Enter' || !isField || code.sent) return
        event.preventDefault()
        if (!code.busy) send()
      }}
      className="flex flex-col gap-5 rounded-lg bg-sunken p-4 sm:p-5"
    >
      {code.sent ? (
        <>
          <div className="flex items-center justify-between gap-4">
            <p className="figures min-w-0 text-sm text-ink">
              <span className="block font-semibold">{saved ? `${saved.name} ${saved.masked}` : phone.line.number}</span>
              {share ? money(share) : null}
            </p>
            <Button kind="quiet" size="small" onClick={code.forget}>
              {words.change}
            </Button>
          </div>
          <CodeField code={code} words={words} locale={locale} onResend={send} />
        </>
      ) : (
        <>
          {saved ? (
            saved.kind === 'calling-card' ? (
              <PinField
                pin={phone.line.pin}
                error={showsAll && !isPin(phone.line.pin) ? words.fault.pin : undefined}
                words={words}
                onPin={(pin) => onPhone({ ...phone, line: { ...phone.line, pin } })}
              />
            ) : null
          ) : (
            <LineFields
              line={phone.line}
              onLine={(line) => onPhone({ ...phone, line })}
              words={words}
              showsAll={showsAll}
            />
          )}
          {view.takesCards || view.takesSplits ? (
            <Checkbox
              label={words.part.check}
              description={words.part.checkText}
              checked={phone.isPart}
              onChange={({ target }) => onPhone({ ...phone, isPart: target.checked })}
            />
          ) : null}
          {phone.isPart ? (
            <Field id="phone-part" label={words.part.amount} hint={partHint} error={partFault}>
              <MoneyField
                {...fieldControl('phone-part', { hint: partHint, error: partFault })}
                {...{ currency, locale }}
                value={phone.part}
                onAmount={(part) => onPhone({ ...phone, part })}
              />
            </Field>
          ) : null}
          <div>
            <Checkbox
              label={fill(words.consent, { amount: money(share ?? amount) })}
              checked={phone.consent}
              aria-invalid={showsAll && !phone.consent ? true : undefined}
              aria-describedby={showsAll && !phone.consent ? 'phone-consent-error' : undefined}
              onChange={({ target }) => onPhone({ ...phone, consent: target.checked })}
            />
            {showsAll && !phone.consent ? (
              <p id="phone-consent-error" role="alert" className="mt-1.5 pl-8 text-sm text-bad">
                {words.fault.consent}
              </p>
            ) : null}
          </div>
          {code.fault ? (
            <Notice tone="bad" live>
              {code.fault}
            </Notice>
          ) : null}
          <Button kind="soft" size="large" wide busy={code.busy === 'sending'} onClick={send}>
            {words.send}
          </Button>
        </>
      )}
      {phone.isPart && share ? (
        <RestRows
          {...{ view, locale, newCard, split }}
          chosen={phone.rest}
          onChoose={(rest) => onPhone({ ...phone, rest })}
          words={texts.checkout}
          labels={words.part}
          rest={amount - share}
        />
      ) : null}
      <p className="flex items-start gap-2 text-sm text-ink-faint">
        <LockKeyhole className="mt-0.5 size-4 shrink-0" aria-hidden />
        {words.secure}
      </p>
    </div>
  )
}
