'use client'

import { CreditCard, Plus, Split } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { readCardNumber } from '@/lib/cards/card-number'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Button } from '../ui/button'
import { Choice } from '../ui/choice'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { useSeal } from '../sealing/use-seal'
import type { DeclineReason } from '@/lib/payments/decline-reason'
import type { SplitWords } from '../split/split-panel'
import type { ChosenShare } from '../split/split-view'
import { faultsOf, readExpiry } from './card-input'
import type { CheckoutActions, CheckoutView, CheckoutWords, Choice as Chosen, SavedCard } from './checkout-view'
import { isEmail, nothingTyped } from './typed-payment'
import { Paying } from './paying'
import { isDecided, useProgress } from './use-progress'

// Most shoppers tap a card and pay: what the other ways need is fetched when it is asked for.
const NewCard = lazy(() => import('./new-card').then((module) => ({ default: module.NewCard })))
const SplitChoice = lazy(() => import('./split-choice').then((module) => ({ default: module.SplitChoice })))

/** A request whose connection broke reaches the gateway within this time or not at all. */
const LOST_FOR_MS = 5000

interface Props {
  readonly view: CheckoutView
  readonly words: {
    readonly checkout: CheckoutWords
    readonly split: SplitWords
    readonly decline: Readonly<Record<DeclineReason, string>>
  }
  readonly locale: string
  readonly actions: CheckoutActions
}

/** The means of payment, what each needs, and the one button that pays. */
export function Checkout({ view, words, locale, actions }: Props) {
  const t = words.checkout
  const firstUsable = view.cards.find((card) => !card.isExpired && !card.isForeign && hasRoom(card, view.amount))
  const [chosen, setChosen] = useState<string | undefined>(
    firstUsable ? `card:${firstUsable.id}` : view.cards.length === 0 && view.takesCards ? 'new' : undefined,
  )
  const [typed, setTyped] = useState(nothingTyped)
  const [shares, setShares] = useState<readonly ChosenShare[]>()
  const [mayRetry, setMayRetry] = useState(false)
  const [showsAll, setShowsAll] = useState(false)
  const [isPaying, setPaying] = useState(false)
  /** In words, what is wrong. */
  const [fault, setFault] = useState<string>()
  const [isLost, setLost] = useState(false)
  const { seal, renew, isRenewing } = useSeal(view.sealing)

  const reload = () => {
    renew()
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
      reload()
    },
  )
  const total = formatMoney(view.amount, view.currency, locale)

  async function choice(): Promise<Chosen | undefined> {
    if (chosen?.startsWith('card:')) return { kind: 'saved', cardId: chosen.slice('card:'.length) }
    if (chosen === 'split') return shares && { kind: 'split', shares, mayRetry }
    if (chosen !== 'new') return undefined
    const { card, email, remember } = typed
    const isWhole = Object.keys(faultsOf(card, new Date())).length === 0 && (!view.needsEmail || isEmail(email))
    const number = readCardNumber(card.number)
    const expiry = readExpiry(card.expiry)
    if (!isWhole || !number || !expiry) return undefined
    const { securityCode } = card
    const message = await seal({ number, expiry, ...(securityCode && { securityCode }) })
    return { kind: 'typed', message, remember, ...(view.needsEmail && { email: email.trim() }) }
  }

  async function pay() {
    setFault(undefined)
    setLost(false)
    setShowsAll(true)
    const chosenMeans = await choice()
    if (!chosenMeans) {
      document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
      return
    }
    setPaying(true)
    try {
      const answer = await actions.pay(chosenMeans)
      if (answer.kind === 'refused') setFault(t.fault[answer.reason])
      if (answer.kind === 'declined') setFault(words.decline[answer.reason])
      setShowsAll(false)
      reload()
    } catch {
      // Nobody knows what became of it: keep watching instead of paying again.
      setFault(t.fault.lost)
      setTimeout(() => setLost(true), LOST_FOR_MS)
    }
  }

  if (isPaying || isRenewing) {
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

  const canPay = chosen !== undefined && (chosen !== 'split' || shares !== undefined)
  return (
    <form
      className="flex flex-col gap-6"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void pay()
      }}
    >
      <fieldset className="flex flex-col gap-2.5">
        <legend className="mb-3 text-xl font-bold text-ink">{t.means}</legend>
        {view.takesSplits ? (
          <>
            <Choice
              name="means"
              value="split"
              checked={chosen === 'split'}
              disabled={view.cards.length < 2}
              onChange={({ target }) => setChosen(target.value)}
              leading={<Split className="size-5 text-accent" aria-hidden />}
              label={t.splitCards}
              description={view.cards.length < 2 ? t.needTwo : t.splitText}
            />
            {chosen === 'split' ? (
              <Suspense fallback={<Skeleton className="h-40" />}>
                <SplitChoice
                  {...{ locale, mayRetry }}
                  propose={actions.propose}
                  evaluate={actions.evaluate}
                  words={words.split}
                  onShares={setShares}
                  onMayRetry={setMayRetry}
                />
              </Suspense>
            ) : null}
          </>
        ) : null}
        {view.cards.map((card) => (
          <Choice
            key={card.id}
            name="means"
            value={`card:${card.id}`}
            checked={chosen === `card:${card.id}`}
            disabled={card.isExpired || card.isForeign}
            onChange={({ target }) => setChosen(target.value)}
            leading={<CreditCard className="size-5 text-ink-faint" aria-hidden />}
            label={card.name}
            description={<CardLine card={card} view={view} locale={locale} words={t} />}
          />
        ))}
        {view.takesCards ? (
          <>
            <Choice
              name="means"
              value="new"
              checked={chosen === 'new'}
              onChange={({ target }) => setChosen(target.value)}
              leading={<Plus className="size-5 text-ink-faint" aria-hidden />}
              label={t.newCard}
              description={t.newCardText}
            />
            {chosen === 'new' ? (
              <Suspense fallback={<Skeleton className="h-72" />}>
                <NewCard
                  {...{ typed, showsAll }}
                  onTyped={setTyped}
                  words={t.card}
                  needsEmail={view.needsEmail}
                  canRemember={view.personName !== undefined}
                />
              </Suspense>
            ) : null}
          </>
        ) : null}
      </fieldset>
      {fault ? (
        <Notice tone="bad" live>
          {fault}
        </Notice>
      ) : null}
      <div className="sticky bottom-0 z-10 -mx-4 border-t border-line bg-surface px-4 py-3 sm:static sm:mx-0 sm:border-0 sm:p-0">
        <Button type="submit" kind="primary" size="large" wide disabled={!canPay}>
          {canPay ? fill(t.pay, { amount: total }) : t.chooseFirst}
        </Button>
      </div>
    </form>
  )
}

const hasRoom = ({ room }: SavedCard, amount: bigint) => room === undefined || room >= amount

function CardLine({
  card,
  view,
  locale,
  words,
}: {
  card: SavedCard
  view: CheckoutView
  locale: string
  words: CheckoutWords
}) {
  return (
    <span className="figures flex flex-col">
      <span>{card.masked}</span>
      <CardState card={card} view={view} locale={locale} words={words} />
    </span>
  )
}

/** What is left on a card, or why it cannot be used or hardly. */
function CardState({ card, view, locale, words }: Parameters<typeof CardLine>[0]) {
  if (card.isExpired) return <span className="text-bad">{words.expired}</span>
  if (card.isForeign) return <span className="text-warn">{words.otherCurrency}</span>
  if (card.room === undefined) return null
  const amount = formatMoney(card.room, view.currency, locale)
  if (hasRoom(card, view.amount)) return <span>{fill(words.limitLeft, { amount })}</span>
  return <span className="text-warn">{fill(words.limitShort, { amount })}</span>
}
