'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { readCardNumber } from '@/lib/cards/card-number'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type accountTexts from '@/locales/ko/account.json'
import { CardFields } from '../checkout/card-fields'
import { faultsOf, readExpiry } from '../checkout/card-input'
import type { CheckoutWords } from '../checkout/checkout-view'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Notice } from '../ui/notice'
import { detailsOf } from './card-details'
import type { CardAnswer, CardDetails, CardFormFault, TypedDetails } from './card-details'
import { DetailFields } from './detail-fields'

interface Props {
  readonly words: { readonly account: (typeof accountTexts)['newCard']; readonly card: CheckoutWords['card'] }
  readonly locale: string
  readonly offer: SealingOffer
  readonly holderName: string
  readonly add: (message: string, details: CardDetails) => Promise<CardAnswer>
}

const nothing: TypedDetails = {
  ...{ name: '', address: '', city: '', state: '', zip: '', phone: '', features: '', apr: '' },
  limit: undefined,
  minPayment: undefined,
}

/** Adds a card to the wallet; its number is encrypted before it leaves the browser. What was typed stays after a refusal. */
export function NewCardForm({ words, locale, offer, holderName, add }: Props) {
  const router = useRouter()
  const { seal, renew, isRenewing, notice } = useSeal(offer)
  const [card, setCard] = useState({ number: '', expiry: '', securityCode: '' })
  const [nickname, setNickname] = useState('')
  const [holder, setHolder] = useState(holderName)
  const [typed, setTyped] = useState(nothing)
  const [showsAll, setShowsAll] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<CardFormFault>()
  const t = words.account
  const holderFault = showsAll && holder.trim() === '' ? words.card.fault.holder : undefined

  async function send() {
    setShowsAll(true)
    setFault(undefined)
    const number = readCardNumber(card.number)
    const expiry = readExpiry(card.expiry)
    const details = detailsOf(typed)
    const faults = faultsOf(card, new Date())
    if (!number || !expiry || faults.expiry || !details || holder.trim() === '') {
      document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
      return
    }
    setBusy(true)
    const answer = await seal({ number, expiry })
      .then((message) => add(message, { ...details, nickname: nickname.trim(), holderName: holder.trim() }))
      .catch((): CardAnswer => ({ kind: 'refused', fault: 'sealed' }))
    if (answer.kind === 'done') return router.push('/account/cards?done=added')
    setBusy(false)
    setFault(answer.fault)
    renew()
  }

  return (
    <form
      className="flex max-w-xl flex-col gap-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <CardFields card={card} onCard={setCard} words={words.card} showsAll={showsAll} withCode={false} />
      <Field id="holder" label={words.card.holder} error={holderFault}>
        <Input
          {...fieldControl('holder', { error: holderFault })}
          autoComplete="cc-name"
          maxLength={60}
          value={holder}
          onChange={({ target }) => setHolder(target.value)}
        />
      </Field>
      <Field id="nickname" label={t.nickname} hint={t.nicknameHint} aside={t.optional}>
        <Input
          {...fieldControl('nickname', { hint: t.nicknameHint })}
          maxLength={40}
          value={nickname}
          onChange={({ target }) => setNickname(target.value)}
        />
      </Field>
      <DetailFields {...{ typed, locale }} onTyped={setTyped} currency="KRW" words={t} isOpen={false} />
      {notice ??
        (fault ? (
          <Notice tone="bad" live>
            {t.fault[fault]}
          </Notice>
        ) : null)}
      <Button type="submit" kind="primary" size="large" busy={isBusy || isRenewing}>
        {t.submit}
      </Button>
    </form>
  )
}
