'use client'

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
  readonly words: Pick<typeof authTexts, 'prove' | 'register' | 'login'>
  readonly offer: SealingOffer
  /** Of the link that was followed. */
  readonly token: string
  readonly email: string
  /** A path of our own. */
  readonly next: string
}

/** The password that was chosen with the registration; together with the mail's link it proves the address, and logs in. */
export function ProveForm({ words, offer, token, email, next }: Props) {
  const { seal, renew, isRenewing, notice } = useSeal(offer)
  const [password, setPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<LoginFault>()

  async function prove() {
    setBusy(true)
    setFault(undefined)
    const result = await seal({ token, password })
      .then((message) => sendSealedLogin(message, 'registration'))
      .catch((): LoginFault => 'failed')
    if (!result) return window.location.assign(next)
    setFault(result)
    setBusy(false)
    renew()
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void prove()
      }}
    >
      {/* For password managers, which keep the two together. */}
      <Input type="email" name="email" autoComplete="username" className="hidden" value={email} readOnly />
      <Field id="password" label={words.login.password}>
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
            {fault === 'busy' ? words.login.busy : words.prove[fault]}
          </Notice>
        ) : null)}
      <Button type="submit" kind="primary" size="large" wide busy={isBusy || isRenewing}>
        {words.prove.submit}
      </Button>
    </form>
  )
}
