'use client'

import { useState } from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type authTexts from '@/locales/ko/auth.json'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Notice } from '../ui/notice'
import { LookIntoYourMail } from './look-into-your-mail'

type Fault = keyof (typeof authTexts)['forgot']['fault']
export type ForgotAnswer = { readonly kind: 'mailed' } | { readonly kind: 'refused'; readonly fault: Fault }

interface Props {
  readonly words: (typeof authTexts)['forgot']
  readonly offer: SealingOffer
  readonly ask: (message: string) => Promise<ForgotAnswer>
}

/** The address of whoever has forgotten their password. Everybody reads the same answer; what comes next is in their mail. */
export function ForgotForm({ words, offer, ask }: Props) {
  const { seal, renew, isRenewing, notice } = useSeal(offer)
  const [email, setEmail] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()
  const [mailed, setMailed] = useState<'not' | 'once' | 'again'>('not')
  const atEmail = fault === 'bad-email' ? words.fault[fault] : undefined

  async function send() {
    setBusy(true)
    setFault(undefined)
    const answer = await seal({ email })
      .then(ask)
      .catch((): ForgotAnswer => ({ kind: 'refused', fault: 'failed' }))
    if (answer.kind === 'refused') setFault(answer.fault)
    setMailed(answer.kind === 'refused' ? 'not' : mailed === 'not' ? 'once' : 'again')
    setBusy(false)
    renew()
  }

  if (mailed !== 'not') {
    return (
      <LookIntoYourMail
        words={words.mailed}
        email={email.trim()}
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
      <Field id="email" label={words.email} error={atEmail}>
        <Input
          {...fieldControl('email', { error: atEmail })}
          type="email"
          inputMode="email"
          autoComplete="username"
          maxLength={254}
          value={email}
          onChange={({ target }) => setEmail(target.value)}
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
