'use client'

import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import type accountTexts from '@/locales/ko/account.json'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Field, fieldControl } from '../ui/field'
import { Notice } from '../ui/notice'
import { Select } from '../ui/select'
import { PurchaseFields, type ShopChoice, usePurchase } from './purchase-fields'

type Words = (typeof accountTexts)['grants']
export type GrantLife = keyof Words['lives']

export interface GrantWish {
  readonly merchantId: string
  readonly amount: bigint
  readonly currency: Currency
  readonly life: GrantLife
}

export type GrantAnswer =
  | { readonly kind: 'given'; readonly reference: string }
  | { readonly kind: 'refused'; readonly fault: keyof Words['fault'] }

interface Props {
  readonly merchants: readonly ShopChoice[]
  readonly locale: string
  readonly words: Words
  readonly give: (wish: GrantWish) => Promise<GrantAnswer>
}

/** Lets a shop's agent make V-Cards: which shop, how much, how long; then the reference, once. */
export function GrantMaker({ merchants, locale, words, give }: Props) {
  const purchase = usePurchase(merchants)
  const [life, setLife] = useState<GrantLife>('day')
  const [showsAll, setShowsAll] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<keyof Words['fault']>()
  const [given, setGiven] = useState<{ readonly title: string; readonly reference: string }>()

  async function send() {
    setShowsAll(true)
    const { merchant, amount, currency } = purchase
    if (!merchant || !amount) return
    setBusy(true)
    setFault(undefined)
    const answer = await give({ merchantId: merchant.id, amount, currency, life }).catch((): GrantAnswer => ({
      kind: 'refused',
      fault: 'failed',
    }))
    setBusy(false)
    if (answer.kind === 'refused') return setFault(answer.fault)
    const title = fill(words.given, { merchant: merchant.name, amount: formatMoney(amount, currency, locale) })
    setGiven({ title, reference: answer.reference })
    purchase.setAmount(undefined)
    setShowsAll(false)
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
      {given ? (
        <Notice tone="good" live title={given.title}>
          <p>{words.once}</p>
          <p className="mt-3 text-xs font-medium">{words.reference}</p>
          <p className="figures mt-0.5 font-mono text-sm break-all text-ink" data-testid="grant-reference">
            {given.reference}
          </p>
          <div className="-ml-2 mt-1">
            <CopyButton text={given.reference} label={words.copy} done={words.copied} />
          </div>
        </Notice>
      ) : null}
      <PurchaseFields {...{ purchase, words, locale, showsAll }} />
      <Field id="life" label={words.life}>
        <Select
          {...fieldControl('life', {})}
          value={life}
          onChange={({ target }) => setLife(LIVES.find((each) => each === target.value) ?? life)}
        >
          {LIVES.map((each) => (
            <option key={each} value={each}>
              {words.lives[each]}
            </option>
          ))}
        </Select>
      </Field>
      <p className="text-sm text-ink-faint">{words.learns}</p>
      {fault ? (
        <Notice tone="bad" live>
          {words.fault[fault]}
        </Notice>
      ) : null}
      <Button type="submit" kind="primary" size="large" busy={isBusy}>
        {words.submit}
      </Button>
    </form>
  )
}

const LIVES = ['hour', 'day', 'week'] as const satisfies readonly GrantLife[]
