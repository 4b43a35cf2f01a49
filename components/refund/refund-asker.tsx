'use client'

import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import type refundTexts from '@/locales/ko/refunds.json'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { type DeedAnswer, DeedDialog, type DeedWords } from '../merchant/deed-dialog'
import { Choice } from '../ui/choice'
import { Field, fieldControl } from '../ui/field'
import { MoneyField } from '../ui/money-field'
import { Select } from '../ui/select'
import { TextArea } from '../ui/text-area'
import { amountOfPicked, LinePicker, type PickedLines, type RefundableLine, writePicked } from './line-picker'

interface Props {
  readonly words: (typeof refundTexts)['ask']
  readonly reasons: (typeof refundTexts)['reasons']
  readonly dialog: DeedWords
  readonly currency: Currency
  readonly locale: 'ko' | 'en'
  /** Minor units that can still be asked for. */
  readonly left: bigint
  readonly lines: readonly RefundableLine[]
  /** Sending the same form twice asks once. */
  readonly token: string
  readonly ask: (form: FormData) => Promise<DeedAnswer>
}

/** What a shopper would like back, and why. */
export function RefundAsker({ words, reasons, dialog, currency, locale, left, lines, token, ask }: Props) {
  const [basis, setBasis] = useState<'whole' | 'lines'>(lines.length > 0 ? 'lines' : 'whole')
  const [typed, setTyped] = useState<bigint | undefined>(left)
  const [picked, setPicked] = useState<PickedLines>({})
  const money = (amount: bigint) => formatMoney(amount, currency, locale)
  const amount = basis === 'lines' ? amountOfPicked(lines, picked) : typed
  const hint = fill(words.left, { left: money(left) })
  const error = amount !== undefined && amount > left ? fill(words.tooMuch, { left: money(left) }) : undefined
  const begin = () => {
    setBasis(lines.length > 0 ? 'lines' : 'whole')
    setTyped(left)
    setPicked({})
  }
  return (
    <DeedDialog
      onOpen={begin}
      trigger={words.button}
      title={words.title}
      description={words.text}
      words={{ ...dialog, confirm: amount && !error ? fill(words.confirm, { amount: money(amount) }) : words.button }}
      deed={ask}
    >
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="lines" value={basis === 'lines' ? writePicked(picked) : ''} />
      {lines.length > 0 ? (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 text-sm font-medium text-ink">{words.basis}</legend>
          <Choice name="basis" checked={basis === 'lines'} onChange={() => setBasis('lines')} label={words.lines} />
          <Choice name="basis" checked={basis === 'whole'} onChange={() => setBasis('whole')} label={words.whole} />
        </fieldset>
      ) : null}
      {basis === 'lines' ? (
        <>
          <LinePicker
            lines={lines}
            picked={picked}
            onPick={setPicked}
            label={(name) => fill(words.quantity, { name })}
          />
          {error ? (
            <p role="alert" className="text-sm text-bad">
              {error}
            </p>
          ) : null}
        </>
      ) : (
        <Field id="ask-amount" label={words.amount} hint={hint} error={error}>
          <MoneyField
            {...fieldControl('ask-amount', { hint, error })}
            name="amount"
            currency={currency}
            locale={locale}
            value={typed}
            onAmount={setTyped}
          />
        </Field>
      )}
      <Field id="ask-reason" label={words.reason}>
        <Select {...fieldControl('ask-reason', {})} name="reason" required defaultValue="">
          <option value="" disabled />
          {Object.entries(reasons).map(([code, text]) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="ask-words" label={words.words} aside={words.optional}>
        <TextArea {...fieldControl('ask-words', {})} name="words" maxLength={500} rows={3} />
      </Field>
    </DeedDialog>
  )
}
