'use client'

import { LockKeyhole } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type checkoutTexts from '@/locales/ko/checkout.json'
import type sellingTexts from '@/locales/ko/selling.json'
import { debitFaults, nothingTypedDebit, readDebit, type TypedDebit } from '../checkout/typed-debit'
import { CannotSeal } from '../sealing/cannot-seal'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Notice } from '../ui/notice'
import { Select } from '../ui/select'

export type MandateAnswer =
  | { readonly kind: 'done'; readonly to: string }
  | { readonly kind: 'refused'; readonly fault: 'sealed' | 'account' | 'over' }

interface Props {
  readonly words: (typeof sellingTexts)['subscribe']['newMandate'] & {
    readonly debit: (typeof checkoutTexts)['debit']
  }
  readonly banks: readonly { readonly code: string; readonly name: string }[]
  /** The words that are agreed to. */
  readonly consent: string
  readonly offer: SealingOffer
  readonly holderName: string
  readonly give: (message: string) => Promise<MandateAnswer>
}

/** A mandate for an account, which is encrypted before it leaves the browser. What was typed stays after a refusal. */
export function MandateForm({ words, banks, consent, offer, holderName, give }: Props) {
  const router = useRouter()
  const { seal, renew, isRenewing, notice } = useSeal(offer)
  const [typed, setTyped] = useState<TypedDebit>({ ...nothingTypedDebit({ personName: holderName }), keeps: true })
  const [showsAll, setShowsAll] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<keyof typeof words.fault>()
  const t = words.debit
  const faults = debitFaults(typed)
  const error = (field: keyof typeof faults) => (showsAll && faults[field] ? t.fault[field] : undefined)
  const change = (changes: Partial<TypedDebit>) => setTyped({ ...typed, ...changes })

  async function send() {
    setShowsAll(true)
    setFault(undefined)
    const read = readDebit(typed)
    if (!read) return document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    const { bank = '', account = '', holder = '' } = read
    setBusy(true)
    const answer = await seal({ bank, account, holder })
      .then(give)
      .catch((thrown: unknown) => (thrown instanceof CannotSeal ? 'unsealed' : 'lost'))
    if (typeof answer === 'object' && answer.kind === 'done') return router.push(answer.to)
    setBusy(false)
    if (answer === 'unsealed') return undefined
    setFault(typeof answer === 'object' ? answer.fault : 'lost')
    renew()
  }

  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void send()
      }}
    >
      <Field id="debit-bank" label={t.bank} error={error('bank')}>
        <Select
          {...fieldControl('debit-bank', { error: error('bank') })}
          value={typed.bank}
          onChange={({ target }) => change({ bank: target.value })}
        >
          <option value="" disabled>
            {t.choose}
          </option>
          {banks.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="debit-account" label={t.account} hint={t.accountHint} error={error('account')}>
        <Input
          {...fieldControl('debit-account', { hint: t.accountHint, error: error('account') })}
          autoComplete="off"
          className="figures"
          maxLength={42}
          value={typed.account}
          onChange={({ target }) => change({ account: target.value })}
        />
      </Field>
      <Field id="debit-holder" label={t.holder} error={error('holder')}>
        <Input
          {...fieldControl('debit-holder', { error: error('holder') })}
          autoComplete="name"
          maxLength={70}
          value={typed.holder}
          onChange={({ target }) => change({ holder: target.value })}
        />
      </Field>
      <div className="rounded-md bg-sunken p-3 text-sm text-ink-soft" id="debit-consent">
        {consent}
      </div>
      <Checkbox
        label={t.agree}
        aria-describedby={error('agreed') ? 'debit-agreed-error' : 'debit-consent'}
        aria-invalid={error('agreed') ? true : undefined}
        checked={typed.agreed}
        onChange={({ target }) => change({ agreed: target.checked })}
      />
      {error('agreed') ? (
        <p id="debit-agreed-error" className="text-sm text-warn">
          {error('agreed')}
        </p>
      ) : null}
      <p className="flex items-start gap-2 text-sm text-ink-faint">
        <LockKeyhole className="mt-0.5 size-4 shrink-0" aria-hidden />
        {t.secure}
      </p>
      {notice ??
        (fault ? (
          <Notice tone="bad" live>
            {words.fault[fault]}
          </Notice>
        ) : null)}
      <Button type="submit" kind="primary" size="large" busy={isBusy || isRenewing}>
        {words.submit}
      </Button>
    </form>
  )
}
