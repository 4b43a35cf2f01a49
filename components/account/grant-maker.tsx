'use client'

import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import type accountTexts from '@/locales/ko/account.json'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Field, fieldControl } from '../ui/field'
import { MoneyField } from '../ui/money-field'
import { Notice } from '../ui/notice'
import { Select } from '../ui/select'

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
  readonly merchants: readonly {
    readonly id: string
    readonly name: string
    readonly currencies: readonly Currency[]
  }[]
  readonly locale: string
  readonly words: Words
  readonly give: (wish: GrantWish) => Promise<GrantAnswer>
}

/** Lets a shop's agent make V-Cards: which shop, how much, how long; then the reference, once. */
export function GrantMaker({ merchants, locale, words, give }: Props) {
  const [merchantId, setMerchantId] = useState('')
  const [amount, setAmount] = useState<bigint>()
  const [life, setLife] = useState<GrantLife>('day')
  const [wantedCurrency, setCurrency] = useState<Currency>('KRW')
  const [showsAll, setShowsAll] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<keyof Words['fault']>()
  const [given, setGiven] = useState<{ readonly title: string; readonly reference: string }>()
  const merchant = merchants.find(({ id }) => id === merchantId)
  const currencies = merchant?.currencies ?? []
  const currency = currencies.includes(wantedCurrency) ? wantedCurrency : (currencies[0] ?? 'KRW')
  const merchantFault = showsAll && !merchant ? words.chooseMerchant : undefined
  const amountFault = showsAll && !amount ? words.amountFault : undefined

  async function send() {
    setShowsAll(true)
    if (!merchant || !amount) return
    setBusy(true)
    setFault(undefined)
    const answer = await give({ merchantId, amount, currency, life }).catch((): GrantAnswer => ({
      kind: 'refused',
      fault: 'failed',
    }))
    setBusy(false)
    if (answer.kind === 'refused') return setFault(answer.fault)
    const title = fill(words.given, { merchant: merchant.name, amount: formatMoney(amount, currency, locale) })
    setGiven({ title, reference: answer.reference })
    setAmount(undefined)
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
      <Field id="merchant" label={words.merchant} error={merchantFault}>
        <Select
          {...fieldControl('merchant', { error: merchantFault })}
          value={merchantId}
          onChange={({ target }) => setMerchantId(target.value)}
        >
          <option value="" disabled>
            {words.chooseMerchant}
          </option>
          {merchants.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        id="amount"
        label={words.amount}
        hint={words.amountHint}
        error={amountFault}
        aside={
          currencies.length > 1 ? (
            <select
              aria-label={words.currency}
              className="rounded-sm bg-transparent text-xs text-ink-soft"
              value={currency}
              onChange={({ target }) => setCurrency(currencies.find((code) => code === target.value) ?? currency)}
            >
              {currencies.map((code) => (
                <option key={code}>{code}</option>
              ))}
            </select>
          ) : null
        }
      >
        <MoneyField
          {...fieldControl('amount', { hint: words.amountHint, error: amountFault })}
          {...{ currency, locale }}
          value={amount}
          onAmount={setAmount}
        />
      </Field>
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
