'use client'

import { useState } from 'react'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { CannotSeal } from '../sealing/cannot-seal'
import { useSeal } from '../sealing/use-seal'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import type { CheckoutActions, CheckoutTexts, CheckoutView } from './checkout-view'
import { MeansList } from './means-list'
import { Paying } from './paying'
import { useMeans } from './use-means'
import { isDecided, useProgress } from './use-progress'

/** A request whose connection broke reaches the gateway within this time or not at all. */
const LOST_FOR_MS = 5000

interface Props {
  readonly view: CheckoutView
  readonly words: CheckoutTexts
  readonly locale: string
  readonly actions: CheckoutActions
}

/** The means of payment, what each needs, and the one button that pays. */
export function Checkout({ view, words, locale, actions }: Props) {
  const t = words.checkout
  const sealing = useSeal(view.sealing)
  const means = useMeans({ view, sealing })
  const [showsAll, setShowsAll] = useState(false)
  const [isPaying, setPaying] = useState(false)
  /** In words, what is wrong. */
  const [fault, setFault] = useState<string>()
  const [isLost, setLost] = useState(false)

  const reload = () => {
    sealing.renew()
    setPaying(false)
  }
  const progress = useProgress(
    isPaying
      ? {
          address: `/pay/${view.paymentId}/progress`,
          // Where our own answer was lost, a payment that is open again, or still, is the shopper's turn.
          isAtRest: (now) => isDecided(now) || (now.verdict === 'open' && (isLost || now.attempt > view.attempt)),
        }
      : undefined,
    ({ verdict, attempt }) => {
      if (isLost) setFault(verdict === 'open' && attempt === view.attempt ? t.fault['not-started'] : undefined)
      // What was tried has used its code up.
      if (attempt > view.attempt) means.forgetCode()
      reload()
    },
  )

  async function pay() {
    setFault(undefined)
    setLost(false)
    setShowsAll(true)
    const choice = await means.choice().catch((error: unknown) => {
      // What cannot be encrypted is not sent; the notice says why. Nor is what a broken line kept us from reading.
      if (!(error instanceof CannotSeal)) setFault(t.fault['not-started'])
      return undefined
    })
    if (!choice) {
      document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
      return
    }
    setPaying(true)
    try {
      const answer = await actions.pay(choice)
      if (answer.kind === 'refused') setFault(t.fault[answer.reason])
      if (answer.kind === 'declined') setFault(words.decline[answer.reason])
      if (answer.kind !== 'refused') means.forgetCode()
      setShowsAll(false)
      reload()
    } catch {
      // Nobody knows what became of it: keep watching instead of paying again.
      setFault(t.fault.lost)
      setTimeout(() => setLost(true), LOST_FOR_MS)
    }
  }

  if (isPaying || sealing.isRenewing) {
    return (
      <>
        {fault ? (
          <Notice tone="warn" live>
            {fault}
          </Notice>
        ) : null}
        <Paying progress={progress} words={t} />
      </>
    )
  }

  return (
    <form
      className="flex flex-col gap-6"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (means.canPay) void pay()
      }}
    >
      <MeansList {...{ view, means, words, locale, actions, sealing, showsAll }} />
      {sealing.notice ??
        (fault ? (
          <Notice tone="bad" live>
            {fault}
          </Notice>
        ) : null)}
      <div className="sticky bottom-0 z-10 -mx-4 border-t border-line bg-surface px-4 py-3 sm:static sm:mx-0 sm:border-0 sm:p-0">
        <Button type="submit" kind="primary" size="large" wide disabled={!means.canPay}>
          {means.canPay
            ? fill(t.pay, { amount: formatMoney(view.amount, view.currency, locale) })
            : means.isPhone
              ? t.codeFirst
              : t.chooseFirst}
        </Button>
      </div>
    </form>
  )
}
