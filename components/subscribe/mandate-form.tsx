'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type checkoutTexts from '@/locales/ko/checkout.json'
import type sellingTexts from '@/locales/ko/selling.json'
import { DebitFields } from '../checkout/debit-fields'
import { nothingTypedDebit, readDebit, type TypedDebit } from '../checkout/typed-debit'
import { CannotSeal } from '../sealing/cannot-seal'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'

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
      <DebitFields
        {...{ typed, banks, consent, showsAll }}
        onChange={(changes) => setTyped({ ...typed, ...changes })}
        words={words.debit}
      />
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
