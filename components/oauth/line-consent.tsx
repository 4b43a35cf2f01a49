'use client'

import type { DeclineReason } from '@/lib/payments/decline-reason'
import type authTexts from '@/locales/ko/auth.json'
import { LineProof, type LineProofProps } from '../phone/line-proof'
import type { CodeCheck, PhoneWords } from '../phone/phone-view'
import { numberOf } from '../phone/typed-line'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'

/** Once the line is proved, where to go with it. */
export type ConsentCheck = Exclude<CodeCheck, { kind: 'proven' }> | { readonly kind: 'proven'; readonly next: string }

interface Props extends Pick<LineProofProps, 'locale' | 'offer' | 'send'> {
  readonly words: {
    readonly page: (typeof authTexts)['authorize']
    readonly phone: PhoneWords
    readonly decline: Readonly<Record<DeclineReason, string>>
  }
  /** Where somebody goes who does not agree. */
  readonly denyUrl: string
  readonly agree: (message: string) => Promise<ConsentCheck>
}

/** A person's word that a shop's program may charge their line: the number, then the code that was sent to it. */
export function LineConsent({ words: { page, phone, decline }, locale, offer, denyUrl, send, agree }: Props) {
  async function check(message: string): Promise<CodeCheck> {
    const answer = await agree(message)
    if (answer.kind !== 'proven') return answer
    // The code for the program is good for a minute, so nobody has to press anything more.
    window.location.assign(answer.next)
    return { kind: 'proven' }
  }

  return (
    <LineProof
      className="flex flex-col gap-5"
      words={{ phone, decline, consent: page.consent, done: page.done }}
      {...{ locale, offer, send, check }}
      fields={({ line, onLine, showsAll }) => {
        const fault = showsAll && !numberOf(line) ? phone.fault.number : undefined
        return (
          <Field id="line-number" label={phone.number} error={fault}>
            <Input
              {...fieldControl('line-number', { error: fault })}
              type="tel"
              inputMode="tel"
              autoComplete="tel"
              className="figures"
              placeholder="010-0000-0000"
              maxLength={24}
              value={line.number}
              onChange={({ target }) => onLine({ ...line, number: target.value })}
            />
          </Field>
        )
      }}
    >
      <a href={denyUrl} className="text-center text-sm font-semibold text-ink-soft underline">
        {page.deny}
      </a>
    </LineProof>
  )
}
