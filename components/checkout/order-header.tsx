import { type ItemLine, ItemLines } from '../ui/item-lines'
import { Monogram } from '../ui/monogram'
import { TimeLeft } from './time-left'
import type { CheckoutWords } from './checkout-view'

interface Props {
  readonly shop: string
  readonly order: string
  readonly amount: string
  /** Absent once there is nothing to hurry for. */
  readonly time?: { readonly until: Date; readonly now: Date }
  /** What is ordered, where the shop said. */
  readonly items?: { readonly title: string; readonly lines: readonly ItemLine[] } | undefined
  readonly words: CheckoutWords
}

/** Who is paid, for what, how much, and how long there is. */
export function OrderHeader({ shop, order, amount, time, items, words }: Props) {
  return (
    <div className="flex flex-col gap-4 lg:gap-8">
      <div className="flex items-center gap-3">
        <Monogram name={shop} />
        <div className="min-w-0">
          <p className="truncate font-semibold text-ink">{shop}</p>
          <p className="truncate text-sm text-ink-soft lg:hidden">{order}</p>
        </div>
      </div>
      <div>
        <p className="hidden text-ink-soft lg:block">{order}</p>
        <h1 className="figures text-3xl font-bold text-ink lg:mt-1 lg:text-4xl">
          <span className="sr-only">{words.amount} </span>
          {amount}
        </h1>
        {time ? (
          <TimeLeft
            {...time}
            text={words.timeLeft}
            overText={words.timeOver}
            className="figures mt-2 block text-sm text-ink-faint"
          />
        ) : null}
        {items ? <ItemLines {...items} folded className="mt-3" /> : null}
      </div>
    </div>
  )
}
