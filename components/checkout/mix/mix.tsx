'use client'

import { lazy, type ReactNode, Suspense } from 'react'
import { fill } from '../../i18n/fill'
import { formatMoney } from '../../i18n/format'
import { Button } from '../../ui/button'
import { Checkbox } from '../../ui/checkbox'
import { Field, fieldControl } from '../../ui/field'
import { Input } from '../../ui/input'
import { MoneyField } from '../../ui/money-field'
import { Skeleton } from '../../ui/skeleton'
import type { CheckoutTexts, CheckoutView } from '../checkout-view'
import { moduleOf } from '../module-view'
import type { MeansState } from '../use-means'
import { asksPin, isLater, isPin, leftOf, ticked, type TypedMix } from './typed-mix'

const BankTransfer = lazy(() => import('../bank-transfer').then((module) => ({ default: module.BankTransfer })))
const CashOnDelivery = lazy(() => import('../cash-on-delivery').then((module) => ({ default: module.CashOnDelivery })))
const OtherModule = lazy(() => import('../other-module').then((module) => ({ default: module.OtherModule })))
const Giro = lazy(() => import('../giro').then((module) => ({ default: module.Giro })))

interface Props {
  readonly view: CheckoutView
  readonly means: MeansState
  readonly words: CheckoutTexts
  readonly locale: string
  readonly showsAll: boolean
}

interface Offered {
  readonly means: string
  readonly name: string
  readonly detail: string
}

/**
 * An order divided over several means, some of them paid later: each that is ticked carries an amount, together the whole.
 * All of them are asked at once, and either every part is carried or none is.
 */
export function Mix({ view, means, words: texts, locale, showsAll }: Props) {
  const words = texts.checkout.mix
  const { mix, setMix } = means
  const { amount, currency } = view
  const money = (value: bigint) => formatMoney(value, currency, locale)
  const left = leftOf(mix, amount)
  const later = ticked(mix).find(isLater)

  function tick(name: string, isOn: boolean): void {
    const { [name]: _, ...others } = mix.amounts
    const rest = leftOf({ ...mix, amounts: others }, amount)
    setMix({ ...mix, amounts: isOn ? { ...others, [name]: rest > 0n ? rest : undefined } : others })
  }

  return (
    <div className="flex flex-col gap-5 rounded-lg bg-sunken p-4 sm:p-5">
      <p className="text-sm text-ink-soft">{words.text}</p>
      <ul className="flex flex-col divide-y divide-line">
        {offered(view, texts).map(({ means: name, name: label, detail }) => (
          <li key={name} className="flex flex-col gap-4 py-4 first:pt-0 last:pb-0">
            <Checkbox
              label={<span className="font-medium">{label}</span>}
              description={detail}
              checked={name in mix.amounts}
              disabled={!(name in mix.amounts) && later !== undefined && isLater(name)}
              onChange={({ target }) => tick(name, target.checked)}
            />
            {name in mix.amounts ? (
              <div className="flex flex-col gap-4 sm:pl-8">
                <Part {...{ name, label, mix, setMix, view, locale, showsAll, left }} words={texts} />
                {fieldsOf(name, { view: { ...view, amount: mix.amounts[name] ?? 0n }, means, texts, locale, showsAll })}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      <p role="status" className={left === 0n ? 'text-sm font-medium text-good' : 'text-sm font-medium text-ink'}>
        {left === 0n
          ? words.whole
          : fill(left > 0n ? words.left : words.over, { amount: money(left > 0n ? left : -left) })}
      </p>
      {showsAll && (left !== 0n || ticked(mix).length < 2) ? (
        <p role="alert" className="text-sm text-bad">
          {left === 0n ? words.fault.two : words.fault.sum}
        </p>
      ) : null}
    </div>
  )
}

interface PartProps {
  readonly name: string
  readonly label: string
  readonly mix: TypedMix
  readonly setMix: (mix: TypedMix) => void
  readonly view: CheckoutView
  readonly words: CheckoutTexts
  readonly locale: string
  readonly showsAll: boolean
  readonly left: bigint
}

/** How much one means carries, and its PIN where it has one. */
function Part({ name, label, mix, setMix, view, words, locale, showsAll, left }: PartProps) {
  const { mix: own, stored } = words.checkout
  const value = mix.amounts[name]
  const amountFault = showsAll && (value === undefined || value <= 0n) ? own.fault.amount : undefined
  const pin = mix.pins[name] ?? ''
  const pinFault = showsAll && !isPin(pin) ? stored.fault.pin : undefined
  return (
    <>
      <Field id={`mix-${name}`} label={fill(own.amount, { means: label })} error={amountFault}>
        <div className="flex gap-2">
          <span className="min-w-0 flex-1">
            <MoneyField
              {...fieldControl(`mix-${name}`, { error: amountFault })}
              {...{ locale, value }}
              currency={view.currency}
              onAmount={(typed) => setMix({ ...mix, amounts: { ...mix.amounts, [name]: typed } })}
            />
          </span>
          {left > 0n ? (
            <Button
              kind="quiet"
              onClick={() => setMix({ ...mix, amounts: { ...mix.amounts, [name]: (value ?? 0n) + left } })}
            >
              {own.rest}
            </Button>
          ) : null}
        </div>
      </Field>
      {asksPin(name, view) ? (
        <Field id={`mix-pin-${name}`} label={stored.pin} hint={stored.pinHint} error={pinFault}>
          <Input
            {...fieldControl(`mix-pin-${name}`, { hint: stored.pinHint, error: pinFault })}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            className="figures max-w-40"
            maxLength={8}
            value={pin}
            onChange={({ target }) => setMix({ ...mix, pins: { ...mix.pins, [name]: target.value } })}
          />
        </Field>
      ) : null}
    </>
  )
}

interface FieldParts {
  readonly view: CheckoutView
  readonly means: MeansState
  readonly texts: CheckoutTexts
  readonly locale: string
  readonly showsAll: boolean
}

function fieldsOf(name: string, { view, means, texts, locale, showsAll }: FieldParts): ReactNode {
  const own = { view, means, locale, showsAll }
  const other = moduleOf(view.modules, name)
  const fields =
    name === 'bank' ? (
      <BankTransfer {...own} words={texts.bank} />
    ) : name === 'giro' ? (
      <Giro {...own} words={texts.checkout.giro} />
    ) : name === 'cash' ? (
      <CashOnDelivery {...own} words={texts.checkout.delivery} />
    ) : other ? (
      <OtherModule module={other} {...{ means, showsAll }} words={texts.checkout.module} />
    ) : null
  return fields && <Suspense fallback={<Skeleton className="h-72" />}>{fields}</Suspense>
}

/** What may carry a part here: what the shopper has with us, and what is paid at a bank or at the door. */
function offered(view: CheckoutView, { checkout, bank }: CheckoutTexts): Offered[] {
  const { stored, giro, delivery } = checkout
  const isLoggedIn = view.personName !== undefined
  const placeOf = (means: string) => view.offered.findIndex((saved) => saved === means)
  const saved = [
    ...view.cards
      .filter(({ isExpired, isForeign }) => !isExpired && !isForeign)
      .map(({ id, name, masked }) => ({ means: `card:${id}`, name, detail: masked })),
    ...view.accounts
      .filter(({ why }) => why === undefined)
      .map(({ id, name, masked }) => ({ means: `account:${id}`, name, detail: masked })),
    ...(view.eCash && view.eCash.why === undefined
      ? [{ means: 'e-cash', name: stored.eCash, detail: checkout.mix.eCash }]
      : []),
  ].toSorted((one, other) => placeOf(one.means) - placeOf(other.means))
  return [
    ...saved,
    ...view.modules.map(({ code, name }) => ({ means: `module:${code}`, name, detail: checkout.module.rowText })),
    ...(view.banks.length > 0 && isLoggedIn ? [{ means: 'bank', name: bank.row, detail: bank.rowText }] : []),
    ...(view.takesGiro ? [{ means: 'giro', name: giro.row, detail: giro.rowText }] : []),
    ...(view.takesCash ? [{ means: 'cash', name: delivery.row, detail: delivery.rowText }] : []),
  ]
}
