import { CreditCard, Scale } from 'lucide-react'
import type { Currency } from '@/lib/money/currency'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import type { SplitWords } from './split-panel'
import type { BestSingle, SplitFigures } from './split-view'

interface Props {
  readonly best: BestSingle | undefined
  /** The proposal is that card alone: splitting would not be worth its cost. */
  readonly isBestAlone: boolean
  /** Of the division shown; undefined while it is being computed. */
  readonly totals: SplitFigures | undefined
  /** Of the proposal, when the shares were changed since. */
  readonly proposed: SplitFigures | undefined
  readonly currency: Currency
  readonly locale: string
  readonly words: SplitWords
}

/** The best single card beside the division, with the difference in money (M-318). */
export function BestSingleNote({ best, isBestAlone, totals, proposed, currency, locale, words }: Props) {
  const money = (amount: bigint) => formatMoney(amount, currency, locale)
  const cost = ({ net }: SplitFigures) =>
    net < 0n ? fill(words.gainOf, { amount: money(-net) }) : fill(words.netOf, { amount: money(net) })
  // What is due later weighs less today: then the net cost differs from the sums in the table, and that wants saying.
  const isDiscounted = totals !== undefined && totals.net !== totals.interest + totals.fees - totals.rewards
  return (
    <>
      <div className="grid gap-px overflow-hidden rounded-lg bg-line ring-1 ring-line sm:grid-cols-2">
        <div className="bg-accent-soft p-4">
          <p className="flex items-center gap-1.5 text-xs font-medium text-accent-strong">
            <Scale className="size-4" aria-hidden />
            {words.title}
          </p>
          <p className="mt-1 font-semibold text-ink">
            {verdict({ best, isBestAlone, totals, proposed }, words, money)}
          </p>
          <p className="figures text-sm text-ink-soft">{totals ? cost(totals) : words.computing}</p>
        </div>
        <div className="bg-raised p-4">
          <p className="flex items-center gap-1.5 text-xs font-medium text-ink-faint">
            <CreditCard className="size-4" aria-hidden />
            {best ? words.bestWith : words.best}
          </p>
          <p className="mt-1 font-semibold text-ink">{best ? best.name : words.noSingle}</p>
          {best ? <p className="figures text-sm text-ink-soft">{cost(best.figures)}</p> : null}
        </div>
      </div>
      {isDiscounted ? <p className="-mt-3 text-xs text-ink-faint">{words.netMeans}</p> : null}
    </>
  )
}

function verdict(
  { best, isBestAlone, totals, proposed }: Pick<Props, 'best' | 'isBestAlone' | 'totals' | 'proposed'>,
  words: SplitWords,
  money: (amount: bigint) => string,
): string {
  if (!totals) return words.computing
  const lost = proposed ? totals.net - proposed.net : 0n
  if (lost > 0n) return fill(words.worse, { amount: money(lost) })
  if (!best) return words.allOrNothing
  if (isBestAlone && !proposed) return fill(words.singleBest, { name: best.name })
  const saved = best.figures.net - totals.net
  if (saved > 0n) return fill(words.better, { amount: money(saved) })
  // The proposal may cost a little more when rewards count more to this shopper than money does.
  if (saved < 0n) return proposed ? fill(words.worseSingle, { amount: money(-saved) }) : words.preferred
  return words.same
}
