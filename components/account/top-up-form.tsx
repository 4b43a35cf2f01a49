'use client'

import { useState, useTransition } from 'react'
import type { Currency } from '@/lib/money/currency'
import { formatMoney } from '../i18n/format'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { MoneyField } from '../ui/money-field'

interface Props {
  readonly currency: Currency
  readonly locale: string
  /** Amounts to choose with one tap, minor units. */
  readonly usual: readonly bigint[]
  readonly words: {
    readonly amount: string
    readonly hint: string
    readonly submit: string
    readonly missing: string
    readonly lost: string
  }
  /** Leads to the checkout, unless it is refused. */
  readonly topUp: (amount: bigint) => Promise<{ readonly kind: 'refused'; readonly message: string }>
}

/** How much to load; the rest happens at the checkout. */
export function TopUpForm({ currency, locale, usual, words, topUp }: Props) {
  const [amount, setAmount] = useState<bigint>()
  const [fault, setFault] = useState<string>()
  const [isBusy, startGoing] = useTransition()

  function go() {
    if (amount === undefined || amount <= 0n) return setFault(words.missing)
    startGoing(async () => {
      const answer = await topUp(amount).catch(() => ({ message: words.lost }))
      // Where it was not refused the next page is on its way.
      setFault((answer as { message?: string } | undefined)?.message)
    })
  }

  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) go()
      }}
    >
      <Field id="top-up-amount" label={words.amount} hint={words.hint} error={fault}>
        <MoneyField
          {...fieldControl('top-up-amount', { hint: words.hint, error: fault })}
          {...{ currency, locale }}
          value={amount}
          onAmount={setAmount}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        {usual.map((each) => (
          <Button key={String(each)} size="small" kind="soft" onClick={() => setAmount(each)}>
            {formatMoney(each, currency, locale)}
          </Button>
        ))}
      </div>
      <Button type="submit" kind="primary" busy={isBusy} className="self-start">
        {words.submit}
      </Button>
    </form>
  )
}
