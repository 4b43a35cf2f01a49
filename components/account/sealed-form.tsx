'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import { CannotSeal } from '../sealing/cannot-seal'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Notice } from '../ui/notice'

export interface SealedField {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly kind: 'text' | 'tel' | 'pin' | 'digits' | 'password'
  readonly maxLength: number
}

/** Messages are sentences in the reader's language; `field` names the one that is wrong. */
export type SealedAnswer =
  | {
      readonly kind: 'done'
      readonly to: string
      /** Shown this once, before going on. */
      readonly reveal?: { readonly label: string; readonly text: string; readonly value: string }
    }
  | {
      readonly kind: 'refused'
      readonly message: string
      readonly field?: string | undefined
      readonly offer: SealingOffer
    }

interface Props {
  readonly id: string
  readonly fields: readonly SealedField[]
  readonly offer: SealingOffer
  readonly words: {
    readonly submit: string
    readonly lost: string
    readonly copy: string
    readonly copied: string
    readonly goOn: string
  }
  readonly send: (message: string) => Promise<SealedAnswer>
}

const KEYBOARDS = { text: 'text', tel: 'tel', pin: 'numeric', digits: 'numeric', password: 'text' } as const

/** A short form whose fields travel encrypted: PINs, numbers and codes of accounts and e-cash. */
export function SealedForm({ id, fields, offer, words, send }: Props) {
  const router = useRouter()
  const sealing = useSeal(offer)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [answer, setAnswer] = useState<SealedAnswer | 'lost'>()
  const [isBusy, startSending] = useTransition()
  const refusal = answer !== 'lost' && answer?.kind === 'refused' && !isBusy ? answer : undefined
  const reveal = answer !== 'lost' && answer?.kind === 'done' ? answer.reveal : undefined

  function submit() {
    startSending(async () => {
      const filled = Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim() !== ''))
      const given = await sealing
        .seal({ typed: filled })
        .then(send)
        .catch((error: unknown) => (error instanceof CannotSeal ? undefined : ('lost' as const)))
      setAnswer(given)
      if (given === undefined || given === 'lost') return
      if (given.kind === 'refused') return sealing.adopt(given.offer)
      setTyped({})
      if (!given.reveal) router.push(given.to)
    })
  }

  if (reveal && answer !== 'lost' && answer?.kind === 'done') {
    return (
      <div className="flex max-w-xl flex-col gap-4">
        <Notice tone="good" live title={reveal.label}>
          {reveal.text}
        </Notice>
        <p className="figures rounded-md bg-sunken p-4 text-center text-xl font-semibold text-ink">{reveal.value}</p>
        <div className="flex gap-2">
          <CopyButton text={reveal.value} label={words.copy} done={words.copied} />
          <Button kind="primary" onClick={() => router.push(answer.to)}>
            {words.goOn}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <form
      className="flex max-w-xl flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) submit()
      }}
    >
      {fields.map(({ name, label, hint, kind, maxLength }) => {
        const error = refusal?.field === name ? refusal.message : undefined
        const isSecret = kind === 'pin' || kind === 'password'
        return (
          <Field key={name} id={`${id}-${name}`} label={label} hint={hint} error={error}>
            <Input
              {...fieldControl(`${id}-${name}`, { hint, error })}
              type={isSecret ? 'password' : kind === 'tel' ? 'tel' : 'text'}
              inputMode={KEYBOARDS[kind]}
              autoComplete={kind === 'password' ? 'current-password' : kind === 'tel' ? 'tel' : 'off'}
              className={kind === 'text' || kind === 'password' ? undefined : 'figures'}
              maxLength={maxLength}
              value={typed[name] ?? ''}
              onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
            />
          </Field>
        )
      })}
      {refusal && refusal.field === undefined ? (
        <Notice tone="bad" live>
          {refusal.message}
        </Notice>
      ) : null}
      {sealing.notice}
      {answer === 'lost' && !isBusy ? (
        <Notice tone="warn" live>
          {words.lost}
        </Notice>
      ) : null}
      <Button type="submit" kind="primary" busy={isBusy} className="self-start">
        {words.submit}
      </Button>
    </form>
  )
}
