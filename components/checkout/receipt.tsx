import type { ReactNode } from 'react'
import { Fact, Facts } from '../ui/facts'
import { type ItemLine, ItemLines } from '../ui/item-lines'
import type { CheckoutWords, LegProgress } from './checkout-view'

interface Props {
  readonly shop: string
  readonly order: string
  readonly number: string
  readonly when: string
  readonly amount: string
  readonly legs: readonly LegProgress[]
  readonly items?: { readonly title: string; readonly lines: readonly ItemLine[] } | undefined
  readonly words: CheckoutWords
  readonly children?: ReactNode
}

/** What was paid, when, and by which means: enough to be printed and kept. */
export function Receipt({ shop, order, number, when, amount, legs, items, words, children }: Props) {
  return (
    <div className="rounded-xl bg-raised p-5 ring-1 ring-line sm:p-6">
      <p className="figures text-3xl font-bold text-ink">{amount}</p>
      <Facts className="mt-3">
        <Fact name={words.paid.shop}>{shop}</Fact>
        <Fact name={words.paid.order}>{order}</Fact>
        <Fact name={words.paid.when}>{when}</Fact>
        <Fact name={words.paid.by}>
          <ul className="figures flex flex-col gap-0.5">
            {legs.map((leg) => (
              <li key={leg.leg}>
                {leg.name}
                {legs.length > 1 ? <span className="ml-2 text-ink-faint">{leg.amount}</span> : null}
                {leg.approval ? <span className="block text-xs font-normal text-ink-faint">{leg.approval}</span> : null}
                {leg.note ? <span className="block text-xs font-normal text-ink-faint">{leg.note}</span> : null}
              </li>
            ))}
          </ul>
        </Fact>
        <Fact name={words.paid.number}>
          <span className="font-mono text-xs break-all">{number}</span>
        </Fact>
      </Facts>
      {items ? <ItemLines {...items} className="mt-2 border-t border-line" /> : null}
      {children}
    </div>
  )
}
