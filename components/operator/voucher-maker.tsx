'use client'

import { Download } from 'lucide-react'
import { useState, useTransition } from 'react'
import type operatorTexts from '@/locales/ko/operator.json'
import { fill } from '../i18n/fill'
import { Button } from '../ui/button'
import { buttonLook } from '../ui/button-look'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { MoneyField } from '../ui/money-field'
import { Notice } from '../ui/notice'

export type MadeVouchers = { readonly kind: 'made'; readonly codes: readonly string[] } | { readonly kind: 'refused' }

interface Props {
  readonly locale: string
  readonly words: (typeof operatorTexts)['vouchers']
  readonly make: (wanted: {
    readonly value: bigint
    readonly count: number
    readonly expiresOn: string
    readonly note: string
  }) => Promise<MadeVouchers>
}

/** Makes a batch of vouchers; the file with its codes can be taken once, here and now. */
export function VoucherMaker({ locale, words, make }: Props) {
  const [value, setValue] = useState<bigint>()
  const [count, setCount] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const [note, setNote] = useState('')
  const [answer, setAnswer] = useState<MadeVouchers>()
  const [isBusy, startMaking] = useTransition()
  const codes = answer?.kind === 'made' ? answer.codes : undefined

  function send() {
    startMaking(async () => {
      const wanted = { value: value ?? 0n, count: Number(count) || 0, expiresOn, note }
      setAnswer(await make(wanted).catch(() => ({ kind: 'refused' as const })))
    })
  }

  if (codes) {
    const file = `data:text/csv;charset=utf-8,${encodeURIComponent(`code\r\n${codes.join('\r\n')}\r\n`)}`
    return (
      <div className="flex flex-col items-start gap-4">
        <Notice tone="good" live>
          {fill(words.made, { count: String(codes.length) })}
        </Notice>
        <div className="flex gap-2">
          <a href={file} download="vouchers.csv" className={buttonLook({ kind: 'primary' })}>
            <Download aria-hidden />
            {words.csv}
          </a>
          <Button onClick={() => setAnswer(undefined)}>{words.another}</Button>
        </div>
      </div>
    )
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
      {answer?.kind === 'refused' && !isBusy ? (
        <Notice tone="bad" live>
          {words.wrong}
        </Notice>
      ) : null}
      <Button type="submit" kind="primary" busy={isBusy} className="self-start">
        {words.make}
      </Button>
    </form>
  )
}
