'use client'

import { useState } from 'react'
import type { Billing, DeclaredTerms } from '@/lib/cards/wallet-card'
import type accountTexts from '@/locales/ko/account.json'
import { readExpiry, writeExpiry } from '../checkout/card-input'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Notice } from '../ui/notice'
import { detailsOf, percentOf } from './card-details'
import type { CardAnswer, CardDetails, TypedDetails } from './card-details'
import { DetailFields } from './detail-fields'

type Changes = Omit<CardDetails, 'holderName'> & { readonly expiry: string }

interface Props {
  readonly card: {
    readonly nickname: string
    /** MM/YY */
    readonly expiry: string
    readonly billing: Billing
    readonly terms: DeclaredTerms
  }
  readonly words: { readonly account: typeof accountTexts; readonly expiry: string; readonly expiryFault: string }
  readonly locale: string
  readonly change: (changes: Changes) => Promise<CardAnswer>
}

/** Changes nickname, expiry, billing address and declared terms of a card. */
export function CardEditor({ card, words, locale, change }: Props) {
  const [nickname, setNickname] = useState(card.nickname)
  const [expiry, setExpiry] = useState(card.expiry)
  const [typed, setTyped] = useState(() => typedOf(card))
  const [isBusy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<CardAnswer>()
  const { newCard: t, cards, card: own } = words.account
  const expiryFault = readExpiry(expiry) ? undefined : words.expiryFault

  async function send() {
    const details = detailsOf(typed)
    const until = readExpiry(expiry)
    if (!details || !until) return setAnswer({ kind: 'refused', fault: 'wrong' })
    setBusy(true)
    setAnswer(
      await change({ ...details, nickname: nickname.trim(), expiry: until }).catch((): CardAnswer => ({
        kind: 'refused',
        fault: 'wrong',
      })),
    )
    setBusy(false)
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
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="nickname" label={t.nickname}>
          <Input id="nickname" maxLength={40} value={nickname} onChange={({ target }) => setNickname(target.value)} />
        </Field>
        <Field id="expiry" label={words.expiry} error={expiryFault}>
          <Input
            {...fieldControl('expiry', { error: expiryFault })}
            inputMode="numeric"
            autoComplete="cc-exp"
            className="figures"
            maxLength={7}
            value={expiry}
            onChange={({ target }) => setExpiry(writeExpiry(target.value))}
          />
        </Field>
      </div>
      <DetailFields
        {...{ typed, locale }}
        onTyped={setTyped}
        currency={card.terms.currency ?? 'KRW'}
        words={t}
        isOpen={false}
      />
      {answer ? (
        <Notice tone={answer.kind === 'done' ? 'good' : 'bad'} live>
          {answer.kind === 'done' ? cards.saved : t.fault[answer.fault]}
        </Notice>
      ) : null}
      <Button type="submit" kind="primary" busy={isBusy} className="self-start">
        {own.save}
      </Button>
    </form>
  )
}

function typedOf({ billing, terms }: Props['card']): TypedDetails {
  const { name = '', address = '', city = '', state = '', zip = '', phone = '' } = billing
  const { features = '', apr, creditLimit, minPayment } = terms
  const amount = (text: string | undefined) => (text === undefined ? undefined : BigInt(text))
  return {
    ...{ name, address, city, state, zip, phone, features },
    apr: percentOf(apr),
    limit: amount(creditLimit),
    minPayment: amount(minPayment),
  }
}
