'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type authTexts from '@/locales/ko/auth.json'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Notice } from '../ui/notice'
import { PasswordInput } from './password-input'

type PasswordFault = Extract<keyof (typeof authTexts)['register']['fault'], `password-${string}`>
type Fault = PasswordFault | 'gone' | 'busy' | 'failed'
export type NewPasswordAnswer = { readonly kind: 'changed' } | { readonly kind: 'refused'; readonly fault: Fault }

interface Props {
  readonly words: Pick<typeof authTexts, 'reset' | 'register'>
  readonly offer: SealingOffer
  /** Of the link that was followed. */
  readonly token: string
  readonly email: string
  readonly choose: (message: string) => Promise<NewPasswordAnswer>
}

const isOfPassword = (fault: Fault | undefined): fault is PasswordFault => fault?.startsWith('password-') === true

/** The password that takes the place of the forgotten one, encrypted to the gateway before it leaves the browser. */
export function NewPasswordForm({ words, offer, token, email, choose }: Props) {
  const router = useRouter()
  const { seal, renew, isRenewing, notice } = useSeal(offer)
  const [password, setPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()
  const { reset, register } = words
  const atPassword = isOfPassword(fault) ? register.fault[fault] : undefined

  async function send() {
    setBusy(true)
    setFault(undefined)
    const answer = await seal({ token, password })
      .then(choose)
      .catch((): NewPasswordAnswer => ({ kind: 'refused', fault: 'failed' }))
    if (answer.kind === 'changed') return router.push('/login?changed')
    // The page, read anew, says what is wrong with the link and how to get another.
    if (answer.fault === 'gone') return router.refresh()
    setFault(answer.fault)
    setBusy(false)
    renew()
  }

  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {/* For password managers, which keep the two together. */}
      <Input type="email" name="email" autoComplete="username" className="hidden" value={email} readOnly />
      <Field id="new-password" label={reset.password} hint={register.passwordHint} error={atPassword}>
        <PasswordInput
          {...fieldControl('new-password', { hint: register.passwordHint, error: atPassword })}
          autoComplete="new-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          words={register}
        />
      </Field>
      {notice ??
        (fault === 'busy' || fault === 'failed' ? (
          <Notice tone="bad" live>
            {fault === 'busy' ? register.fault.busy : reset.failed}
          </Notice>
        ) : null)}
      <Button type="submit" kind="primary" size="large" wide busy={isBusy || isRenewing}>
        {reset.submit}
      </Button>
    </form>
  )
}
