'use client'

import { useState, useTransition } from 'react'
import type operatorTexts from '@/locales/ko/operator.json'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { MoneyField } from '../ui/money-field'
import { Notice } from '../ui/notice'

export type VouchersProposed = 'proposed' | 'refused'

interface Props {
  readonly locale: string
  readonly words: (typeof operatorTexts)['vouchers']
  readonly propose: (wanted: {
    readonly value: bigint
    readonly count: number
    readonly expiresOn: string
    readonly note: string
  }) => Promise<VouchersProposed>
}

/** Says what vouchers there should be; whoever agrees to them gets their codes. */
export function VoucherMaker({ locale, words, propose }: Props) {
  const [value, setValue] = useState<bigint>()
  const [count, setCount] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const [note, setNote] = useState('')
  const [answer, setAnswer] = useState<VouchersProposed>()
  const [isBusy, startMaking] = useTransition()

  function send() {
    startMaking(async () => {
      const wanted = { value: value ?? 0n, count: Number(count) || 0, expiresOn, note }
      const given = await propose(wanted).catch((): VouchersProposed => 'refused')
      setAnswer(given)
      if (given === 'refused') return
      setValue(undefined)
      setCount('')
      setExpiresOn('')
      setNote('')
    })
  }

  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) send()
      }}
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <Field id="voucher-value" label={words.value}>
          <MoneyField
            {...fieldControl('voucher-value', {})}
            {...{ currency: 'KRW', locale }}
            value={value}
            onAmount={setValue}
          />
        </Field>
        <Field id="voucher-count" label={words.count}>
          <Input
            {...fieldControl('voucher-count', {})}
            inputMode="numeric"
            autoComplete="off"
            className="figures text-right"
            maxLength={5}
            value={count}
            onChange={({ target }) => setCount(target.value)}
          />
        </Field>
        <Field id="voucher-expires" label={words.expiresAt}>
          <Input
            {...fieldControl('voucher-expires', {})}
            type="date"
            value={expiresOn}
            onChange={({ target }) => setExpiresOn(target.value)}
          />
        </Field>
      </div>
      <Field id="voucher-note" label={words.note}>
        <Input
          {...fieldControl('voucher-note', {})}
          maxLength={100}
          autoComplete="off"
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </Field>
      {answer && !isBusy ? (
        <Notice tone={answer === 'proposed' ? 'good' : 'bad'} live>
          {answer === 'proposed' ? words.proposed : words.wrong}
        </Notice>
      ) : null}
      <Button type="submit" kind="primary" busy={isBusy} className="self-start">
        {words.make}
      </Button>
    </form>
  )
}
