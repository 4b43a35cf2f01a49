'use client'

import { Undo2 } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import type merchantTexts from '@/locales/ko/merchant.json'
import type refundTexts from '@/locales/ko/refunds.json'
import { formatMoney } from '../i18n/format'
import { fill } from '../i18n/fill'
import { amountOfPicked, LinePicker, type PickedLines, type RefundableLine, writePicked } from '../refund/line-picker'
import { OtherWays } from '../refund/other-ways'
import { Choice } from '../ui/choice'
import { Fact, Facts } from '../ui/facts'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { MoneyField } from '../ui/money-field'
import { Select } from '../ui/select'
import { Skeleton } from '../ui/skeleton'
import { type DeedAnswer, DeedDialog, type DeedWords } from './deed-dialog'

export interface RefundableLeg {
  readonly leg: number
  readonly name: string
  /** Minor units that can still go back over it. */
  readonly left: bigint
}

/** What would go back over one leg, in words. */
export interface PreviewedLeg {
  readonly leg: number
  readonly name: string
  readonly amount: string
}

export type Preview =
  { readonly kind: 'shares'; readonly legs: readonly PreviewedLeg[] } | { readonly kind: 'impossible' }

interface Props {
  readonly words: (typeof merchantTexts)['refund']
  readonly dialog: DeedWords
  readonly currency: Currency
  readonly locale: 'ko' | 'en'
  readonly left: bigint
  /** What it begins with; all that is left where absent. */
  readonly amount?: bigint
  readonly legs: readonly RefundableLeg[]
  /** Sending the same form twice gives back once. */
  readonly token: string
  readonly preview: (amount: string, strategy: string) => Promise<Preview>
  readonly refund: (form: FormData) => Promise<DeedAnswer>
  /** What opens it, and what it is called; a refund where absent. */
  readonly opens?: { readonly trigger: ReactNode; readonly title: string }
  /** Lines that can go back; empty where the order has none, or what goes back is settled. */
  readonly lines?: readonly RefundableLine[]
  /** Other ways than the one it came, where the means allow them. */
  readonly otherWays?: {
    readonly words: (typeof refundTexts)['way']
    readonly ask: (typeof refundTexts)['ask']
    readonly accounts: readonly { readonly id: string; readonly name: string }[]
  }
  /** False where the reason is known already. */
  readonly asksReason?: boolean
}

const PAUSE_MS = 250

/** Amount, way and reason of a refund; what goes back over each leg is shown before it is confirmed. */
export function RefundDialog(props: Props) {
  const { words, dialog, currency, locale, left, legs, token, preview, refund, opens, asksReason = true } = props
  const { lines = [], otherWays } = props
  const first = props.amount !== undefined && props.amount < left ? props.amount : left
  const [typed, setAmount] = useState<bigint | undefined>(first)
  const [byLine, setByLine] = useState(false)
  const [picked, setPicked] = useState<PickedLines>({})
  const amount = byLine ? amountOfPicked(lines, picked) : typed
  const [way, setWay] = useState<'ratio' | 'last-in-first-out' | 'leg'>('ratio')
  const [chosen, setChosen] = useState(legs[0]?.leg ?? 1)
  const [reason, setReason] = useState('')
  const [sentAs, setSentAs] = useState<string>()
  const strategy = way === 'leg' ? `leg-${chosen}` : way
  const tooMuch = amount !== undefined && amount > left
  const error = tooMuch ? fill(words.tooMuch, { left: formatMoney(left, currency, locale) }) : undefined
  const hint = fill(words.left, { left: formatMoney(left, currency, locale) })
  const confirm =
    amount && !tooMuch ? fill(words.confirm, { amount: formatMoney(amount, currency, locale) }) : words.title
  // Each refund begins with what is left by then; one that is open stays as it is while the page behind it is read anew.
  const begin = () => {
    setAmount(first)
    setByLine(false)
    setPicked({})
    setWay('ratio')
    setChosen(legs[0]?.leg ?? 1)
    setReason('')
    setSentAs(undefined)
  }
  // Whoever sends it again because no answer came sends the same, whatever the page behind has been given meanwhile.
  const send = (form: FormData) => {
    setSentAs(sentAs ?? token)
    return refund(form)
  }
  return (
    <DeedDialog
      onOpen={begin}
      trigger={
        opens?.trigger ?? (
          <>
            <Undo2 aria-hidden />
            {words.title}
          </>
        )
      }
      {...(opens && { triggerLook: { kind: 'primary' } as const })}
      title={opens?.title ?? words.title}
      description={words.text}
      words={{ ...dialog, confirm }}
      deed={send}
    >
      <input type="hidden" name="token" value={sentAs ?? token} />
      <input type="hidden" name="strategy" value={strategy} />
      <input type="hidden" name="lines" value={byLine ? writePicked(picked) : ''} />
      {lines.length > 0 && otherWays ? (
        <fieldset className="grid gap-2 sm:grid-cols-2">
          <legend className="mb-1.5 text-sm font-medium text-ink">{otherWays.ask.basis}</legend>
          <Choice name="basis" checked={!byLine} onChange={() => setByLine(false)} label={otherWays.ask.whole} />
          <Choice name="basis" checked={byLine} onChange={() => setByLine(true)} label={otherWays.ask.lines} />
        </fieldset>
      ) : null}
      {byLine && otherWays ? (
        <>
          <input type="hidden" name="amount" value={String(amount)} />
          <LinePicker
            lines={lines}
            picked={picked}
            onPick={setPicked}
            label={(name) => fill(otherWays.ask.quantity, { name })}
          />
          {error ? (
            <p role="alert" className="text-sm text-bad">
              {error}
            </p>
          ) : null}
        </>
      ) : (
        <Field id="refund-amount" label={words.amount} hint={hint} error={error}>
          <MoneyField
            {...fieldControl('refund-amount', { hint, error })}
            name="amount"
            currency={currency}
            locale={locale}
            value={typed}
            onAmount={setAmount}
          />
        </Field>
      )}
      {legs.length > 1 ? (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 text-sm font-medium text-ink">{words.way}</legend>
          <Choice
            name="way"
            checked={way === 'ratio'}
            onChange={() => setWay('ratio')}
            label={words.ratio}
            description={words.ratioText}
          />
          <Choice
            name="way"
            checked={way === 'last-in-first-out'}
            onChange={() => setWay('last-in-first-out')}
            label={words.lastFirst}
            description={words.lastFirstText}
          />
          <Choice
            name="way"
            checked={way === 'leg'}
            onChange={() => setWay('leg')}
            label={words.chosen}
            description={words.chosenText}
          />
          {way === 'leg' ? (
            <Select aria-label={words.chosen} value={chosen} onChange={({ target }) => setChosen(Number(target.value))}>
              {legs.map(({ leg, name, left: most }) => (
                <option key={leg} value={leg}>
                  {name} · {fill(words.left, { left: formatMoney(most, currency, locale) })}
                </option>
              ))}
            </Select>
          ) : null}
        </fieldset>
      ) : null}
      <Shares key={`${amount} ${strategy}`} {...{ words, preview, amount: tooMuch ? undefined : amount, strategy }} />
      {otherWays ? <OtherWays {...otherWays} /> : null}
      {asksReason ? (
        <Field id="refund-reason" label={words.reason} hint={words.reasonHint}>
          <Input
            {...fieldControl('refund-reason', { hint: words.reasonHint })}
            name="reason"
            required
            maxLength={200}
            autoComplete="off"
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
      ) : null}
    </DeedDialog>
  )
}

interface SharesProps extends Pick<Props, 'words' | 'preview'> {
  readonly amount: bigint | undefined
  readonly strategy: string
}

/** What goes back over which leg; asked of the server a moment after the last change. */
function Shares({ words, preview, amount, strategy }: SharesProps) {
  const [shown, setShown] = useState<Preview>()
  const wanted = amount?.toString()
  useEffect(() => {
    if (!wanted || wanted === '0') return
    let isStale = false
    const timer = setTimeout(() => {
      void preview(wanted, strategy)
        .catch((): Preview => ({ kind: 'impossible' }))
        .then((answer) => {
          if (!isStale) setShown(answer)
        })
    }, PAUSE_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [wanted, strategy, preview])
  return (
    <div className="rounded-lg bg-sunken px-4 py-3" aria-live="polite">
      <p className="text-sm font-medium text-ink">{words.preview}</p>
      {!wanted || wanted === '0' ? (
        <p className="py-2.5 text-sm text-ink-faint">{words.noPreview}</p>
      ) : !shown ? (
        <Skeleton className="my-2.5 h-5 w-full" />
      ) : shown.kind === 'impossible' ? (
        <p className="py-2.5 text-sm text-bad">{words.impossible}</p>
      ) : (
        <Facts>
          {shown.legs.map(({ leg, name, amount: share }) => (
            <Fact key={leg} name={name}>
              <span className="figures">{share}</span>
            </Fact>
          ))}
        </Facts>
      )}
    </div>
  )
}
