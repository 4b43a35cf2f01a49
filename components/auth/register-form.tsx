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
import { LookIntoYourMail } from './look-into-your-mail'
import { PasswordInput } from './password-input'

export type RegisterFault = keyof (typeof authTexts)['register']['fault']
/** `registered`: the address was proved before, by an invitation's mail. */
export type RegisterAnswer =
  { readonly kind: 'mailed' | 'registered' } | { readonly kind: 'refused'; readonly fault: RegisterFault }

interface Props {
  readonly words: (typeof authTexts)['register']
  readonly offer: SealingOffer
  readonly register: (message: string) => Promise<RegisterAnswer>
  /** Where to log in when the account is ready at once. */
  readonly loginAddress: string
}

const FIELDS: Partial<Record<RegisterFault, 'name' | 'email' | 'password'>> = {
  'bad-name': 'name',
  'bad-email': 'email',
  'password-too-short': 'password',
  'password-too-long': 'password',
  'password-too-common': 'password',
}

/** Name, e-mail and a long password; each mistake is said at its field. What comes next is in the reader's mail. */
export function RegisterForm({ words, offer, register, loginAddress }: Props) {
  const router = useRouter()
  const { seal, renew, isRenewing, notice } = useSeal(offer)
  const [typed, setTyped] = useState({ name: '', email: '', password: '' })
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<RegisterFault>()
  const [mailed, setMailed] = useState<'not' | 'once' | 'again'>('not')
  const errorAt = (field: 'name' | 'email' | 'password') =>
    fault && FIELDS[fault] === field ? words.fault[fault] : undefined

  async function send() {
    setBusy(true)
    setFault(undefined)
    const answer = await seal(typed)
      .then(register)
      .catch((): RegisterAnswer => ({ kind: 'refused', fault: 'failed' }))
    if (answer.kind === 'registered') return router.push(loginAddress)
    if (answer.kind === 'refused') setFault(answer.fault)
    setMailed(answer.kind === 'refused' ? 'not' : mailed === 'not' ? 'once' : 'again')
    setBusy(false)
    renew()
  }

  if (mailed !== 'not') {
    return (
      <LookIntoYourMail
        words={words.mailed}
        email={typed.email.trim()}
        isBusy={isBusy || isRenewing}
        isAgain={mailed === 'again'}
        sendAgain={() => void send()}
        change={() => setMailed('not')}
      />
    )
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
      <Field id="name" label={words.name} error={errorAt('name')}>
        <Input
          {...fieldControl('name', { error: errorAt('name') })}
          autoComplete="name"
          maxLength={100}
          value={typed.name}
          onChange={({ target }) => setTyped({ ...typed, name: target.value })}
        />
      </Field>
      <Field id="email" label={words.email} error={errorAt('email')}>
        <Input
          {...fieldControl('email', { error: errorAt('email') })}
          type="email"
          inputMode="email"
          autoComplete="username"
          maxLength={254}
          value={typed.email}
          onChange={({ target }) => setTyped({ ...typed, email: target.value })}
        />
      </Field>
      <Field id="password" label={words.password} hint={words.passwordHint} error={errorAt('password')}>
        <PasswordInput
          {...fieldControl('password', { hint: words.passwordHint, error: errorAt('password') })}
          autoComplete="new-password"
          value={typed.password}
          onChange={({ target }) => setTyped({ ...typed, password: target.value })}
          words={words}
        />
      </Field>
      {notice ??
        (fault === 'failed' ? (
          <Notice tone="bad" live>
            {words.fault.failed}
          </Notice>
        ) : null)}
      <Button type="submit" kind="primary" size="large" wide busy={isBusy || isRenewing}>
        {words.submit}
      </Button>
    </form>
  )
}
