import { formatMoney } from '@/components/i18n/format'
import type { Limit } from '@/lib/billing/limits'
import type { Currency } from '@/lib/money/currency'
import { Fact, Facts } from '../ui/facts'

const AMOUNTS = ['perPurchase', 'perDay', 'perMonth'] as const
const COUNTS = ['countPerDay', 'countPerMonth'] as const

export type LimitName = (typeof AMOUNTS)[number] | (typeof COUNTS)[number]

interface Props {
  readonly currency: Currency
  readonly locale: 'ko' | 'en'
  readonly limit: Limit
  readonly words: Readonly<Record<LimitName | 'none', string>>
  /** Limits that hold besides, whoever set them, and how they are called. */
  readonly besides?: { readonly limit: Limit; readonly label: string }
}

/** What one line may be charged, as facts. */
export function LimitFacts({ currency, locale, limit, words, besides }: Props) {
  const shown = (value: bigint | number | undefined) => {
    if (value === undefined) return words.none
    return typeof value === 'bigint' ? formatMoney(value, currency, locale) : String(value)
  }
  return (
    <Facts>
      {[...AMOUNTS, ...COUNTS].map((name) => (
        <Fact key={name} name={words[name]}>
          <span className="figures">{shown(limit[name])}</span>
          {besides?.limit[name] === undefined ? null : (
            <span className="figures block text-xs font-normal text-ink-faint">
              {besides.label} {shown(besides.limit[name])}
            </span>
          )}
        </Fact>
      ))}
    </Facts>
  )
}
