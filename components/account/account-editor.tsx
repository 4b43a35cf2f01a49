'use client'

import { useState, useTransition } from 'react'
import type { Currency } from '@/lib/money/currency'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { MoneyField } from '../ui/money-field'
import { Notice } from '../ui/notice'

/** What a holder may change of an account. Amounts are minor units; absent: not told, not limited by the holder. */
export interface AccountChanges {
  readonly nickname: string
  /** A new number for messages, as it is written; absent: the one that is there. */
  readonly mobile?: string
  readonly threshold?: bigint
  readonly perPurchase?: bigint
  readonly perDay?: bigint
  readonly perMonth?: bigint
}

const AMOUNTS = ['threshold', 'perPurchase', 'perDay', 'perMonth'] as const
type Amount = (typeof AMOUNTS)[number]

interface Props {
  readonly account: AccountChanges
  readonly currency: Currency
  readonly locale: string
  readonly words: Readonly<Record<Amount | 'nickname' | 'mobile' | 'mobileHint' | 'mobileFault' | 'save', string>> & {
    readonly saved: string
    readonly failed: string
    readonly thresholdHint: string
  }
  readonly change: (changes: AccountChanges) => Promise<{ readonly kind: 'done' | 'failed' | 'mobile' }>
}

/** Nickname, alerts and own limits of an account. */
export function AccountEditor({ account, currency, locale, words, change }: Props) {
  const [nickname, setNickname] = useState(account.nickname)
  const [mobile, setMobile] = useState('')
  const [amounts, setAmounts] = useState<Partial<Record<Amount, bigint | undefined>>>(account)
  const [outcome, setOutcome] = useState<'done' | 'failed' | 'mobile'>()
  const [isBusy, startSaving] = useTransition()

  function save() {
    const given = Object.fromEntries(
      AMOUNTS.flatMap((name) => (amounts[name] === undefined ? [] : [[name, amounts[name]]])),
    )
    startSaving(async () => {
      const answer = await change({ nickname, ...given, ...(mobile.trim() && { mobile }) }).catch(() => ({
        kind: 'failed' as const,
      }))
      setOutcome(answer.kind)
      if (answer.kind === 'done') setMobile('')
    })
  }

  const mobileFault = outcome === 'mobile' && !isBusy ? words.mobileFault : undefined
  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) save()
      }}
    >
      <Field id="account-nickname" label={words.nickname}>
        <Input
          {...fieldControl('account-nickname', {})}
          maxLength={40}
          autoComplete="off"
          value={nickname}
          onChange={({ target }) => setNickname(target.value)}
        />
      </Field>
      <Field id="account-mobile" label={words.mobile} hint={words.mobileHint} error={mobileFault}>
        <Input
          {...fieldControl('account-mobile', { hint: words.mobileHint, error: mobileFault })}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          className="figures"
          maxLength={24}
          value={mobile}
          onChange={({ target }) => setMobile(target.value)}
        />
      </Field>
      {AMOUNTS.map((name) => {
        const hint = name === 'threshold' ? words.thresholdHint : undefined
        return (
          <Field key={name} id={`account-${name}`} label={words[name]} hint={hint}>
            <MoneyField
              {...fieldControl(`account-${name}`, { hint })}
              {...{ currency, locale }}
              value={amounts[name]}
              onAmount={(amount) => setAmounts((before) => ({ ...before, [name]: amount }))}
            />
          </Field>
        )
      })}
      {outcome && outcome !== 'mobile' && !isBusy ? (
        <Notice tone={outcome === 'done' ? 'good' : 'bad'} live>
          {outcome === 'done' ? words.saved : words.failed}
        </Notice>
      ) : null}
      <Button type="submit" kind="primary" busy={isBusy} className="self-start">
        {words.save}
      </Button>
    </form>
  )
}
