'use client'

import { useState, useTransition } from 'react'
import type { Currency } from '@/lib/money/currency'
import type accountTexts from '@/locales/ko/account.json'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { MoneyField } from '../ui/money-field'
import { Notice } from '../ui/notice'

/** What a shopper may change of a line. Amounts are minor units; absent: no limit of one's own. */
export interface LineChanges {
  readonly nickname: string
  readonly perPurchase?: bigint
  readonly perDay?: bigint
  readonly perMonth?: bigint
}

interface Props {
  readonly line: LineChanges
  readonly currency: Currency
  readonly locale: string
  readonly words: {
    readonly line: (typeof accountTexts)['line']
    readonly saved: string
    readonly nickname: string
    readonly nicknameHint: string
  }
  readonly change: (changes: LineChanges) => Promise<{ readonly kind: 'done' | 'failed' }>
}

const LIMITS = ['perPurchase', 'perDay', 'perMonth'] as const

/** Nickname and own limits of a line. */
export function LineEditor({ line, currency, locale, words, change }: Props) {
  const [typed, setTyped] = useState<{ [Name in keyof LineChanges]: LineChanges[Name] | undefined }>(line)
  const [outcome, setOutcome] = useState<'done' | 'failed'>()
  const [isBusy, startSaving] = useTransition()

  function save() {
    const { perPurchase, perDay, perMonth } = typed
    startSaving(async () => {
      const answer = await change({
        nickname: typed.nickname ?? '',
        ...(perPurchase !== undefined && { perPurchase }),
        ...(perDay !== undefined && { perDay }),
        ...(perMonth !== undefined && { perMonth }),
      }).catch(() => ({ kind: 'failed' as const }))
      setOutcome(answer.kind)
    })
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) save()
      }}
    >
      <Field id="line-nickname" label={words.nickname} hint={words.nicknameHint}>
        <Input
          {...fieldControl('line-nickname', { hint: words.nicknameHint })}
          maxLength={40}
          autoComplete="off"
          value={typed.nickname}
          onChange={({ target }) => setTyped({ ...typed, nickname: target.value })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        {LIMITS.map((name) => (
          <Field key={name} id={`line-${name}`} label={words.line[name]}>
            <MoneyField
              id={`line-${name}`}
              {...{ currency, locale }}
              value={typed[name]}
              onAmount={(amount) => setTyped({ ...typed, [name]: amount })}
            />
          </Field>
        ))}
      </div>
      {outcome && !isBusy ? (
        <Notice tone={outcome === 'done' ? 'good' : 'bad'} live>
          {outcome === 'done' ? words.saved : words.line.failed}
        </Notice>
      ) : null}
      <Button type="submit" kind="primary" busy={isBusy} className="self-start">
        {words.line.save}
      </Button>
    </form>
  )
}
