'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type peopleTexts from '@/locales/ko/people.json'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Notice } from '../ui/notice'
import { PasswordInput } from './password-input'

type Faults = (typeof peopleTexts)['security']['fault']
type Fault = Extract<
  keyof Faults,
  'wrong-password' | 'password-too-short' | 'password-too-long' | 'password-too-common' | 'sealed' | 'busy'
>
export type PasswordAnswer = { readonly kind: 'changed' } | { readonly kind: 'refused'; readonly fault: Fault }

interface Props {
  readonly words: (typeof peopleTexts)['security']['password'] & { readonly show: string; readonly hide: string }
  readonly faults: Faults
  readonly offer: SealingOffer
  readonly change: (message: string) => Promise<PasswordAnswer>
}

/** The old password and the new one, encrypted to the gateway before they leave the browser. */
export function PasswordForm({ words, faults, offer, change }: Props) {
  const router = useRouter()
  const { seal, renew, isRenewing, notice } = useSeal(offer)
  const [typed, setTyped] = useState({ current: '', next: '' })
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()
  const atCurrent = fault === 'wrong-password' ? faults[fault] : undefined
  const atNext = fault?.startsWith('password-') ? faults[fault] : undefined

  async function send() {
    setBusy(true)
    setFault(undefined)
    const answer = await seal(typed)
      .then(change)
      .catch((): PasswordAnswer => ({ kind: 'refused', fault: 'sealed' }))
    // Every session has ended, this one too: the page, read anew, leads to the log-in.
    if (answer.kind === 'changed') return router.refresh()
    setFault(answer.fault)
    setBusy(false)
    renew()
  }

  return (
    <form
      className="flex max-w-md flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field id="current-password" label={words.current} error={atCurrent}>
        <PasswordInput
          {...fieldControl('current-password', { error: atCurrent })}
          autoComplete="current-password"
          value={typed.current}
          onChange={({ target }) => setTyped({ ...typed, current: target.value })}
          words={words}
        />
      </Field>
      <Field id="new-password" label={words.next} hint={words.hint} error={atNext}>
        <PasswordInput
          {...fieldControl('new-password', { hint: words.hint, error: atNext })}
          autoComplete="new-password"
          value={typed.next}
          onChange={({ target }) => setTyped({ ...typed, next: target.value })}
          words={words}
        />
      </Field>
      {notice ??
        (fault === 'sealed' ? (
          <Notice tone="bad" live>
            {faults.sealed}
          </Notice>
        ) : null)}
      <Button type="submit" busy={isBusy || isRenewing} disabled={typed.current === '' || typed.next === ''}>
        {words.confirm}
      </Button>
    </form>
  )
}
