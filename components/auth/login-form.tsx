'use client'

import { LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type authTexts from '@/locales/ko/auth.json'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Input } from '../ui/input'
import { Notice } from '../ui/notice'
import { PasswordInput } from './password-input'
import { type LoginFault, sendSealedLogin } from './send-sealed-login'

interface Props {
  readonly words: typeof authTexts
  readonly offer: SealingOffer
}

/** E-mail and password, encrypted to the gateway before they leave the browser. What was typed stays after a refusal. */
export function LoginForm({ words, offer }: Props) {
  const { seal, renew, isRenewing, notice } = useSeal(offer)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<LoginFault>()
  const t = words.login

  async function logIn() {
    setBusy(true)
    setFault(undefined)
    const result = await seal({ email: email.trim(), password })
      .then((message) => sendSealedLogin(message, 'credentials'))
      .catch((): LoginFault => 'failed')
    // This page, asked anew, leads on: to where they wanted to go, or to their second factor first.
    if (!result) return window.location.reload()
    setFault(result)
    setBusy(false)
    // The message is used up; the next try needs a new offer.
    renew()
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void logIn()
      }}
    >
      <Field id="email" label={t.email}>
        <Input
          id="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          required
          maxLength={254}
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
      </Field>
      <Field id="password" label={t.password}>
        <PasswordInput
          id="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          words={words.register}
        />
      </Field>
      {notice ??
        (fault ? (
          <Notice tone="bad" live>
            {t[fault]}
          </Notice>
        ) : null)}
      <Button type="submit" kind="primary" size="large" wide busy={isBusy || isRenewing}>
        {t.submit}
      </Button>
      <p className="flex items-start gap-2 text-sm text-ink-faint">
        <LockKeyhole className="mt-0.5 size-4 shrink-0" aria-hidden />
        {t.secure}
      </p>
    </form>
  )
}
