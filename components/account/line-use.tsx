import type { MonthUse } from '@/lib/billing/bill-store'
import type accountTexts from '@/locales/ko/account.json'
import { fill } from '../i18n/fill'
import { formatMoney, formatPercent } from '../i18n/format'
import { LimitRing } from '../ui/limit-ring'

interface Props {
  readonly use: MonthUse
  readonly locale: string
  readonly words: (typeof accountTexts)['lines']
}

/** What a line was charged this month against the tightest limit: the ring, and the figures beside it. */
export function LineUse({ use: { used, limit, currency }, locale, words }: Props) {
  const money = (amount: bigint) => formatMoney(amount, currency, locale)
  const part = limit === undefined ? 0 : limit > 0n ? Number((used * 1000n) / limit) / 1000 : 1
  const left = limit === undefined || limit < used ? 0n : limit - used
  return (
    <div className="flex items-center gap-4">
      {limit === undefined ? null : (
        <LimitRing label={fill(words.ring, { used: money(used), limit: money(limit) })} used={part}>
          {formatPercent(part, locale, 0)}
        </LimitRing>
      )}
      <div className="min-w-0 text-sm">
        <p className="figures text-base font-semibold text-ink">{fill(words.used, { used: money(used) })}</p>
        {limit === undefined ? (
          <p className="text-ink-faint">{words.noLimit}</p>
        ) : (
          <>
            <p className="figures text-ink-soft">{fill(words.left, { left: money(left) })}</p>
            <p className="figures text-ink-faint">{fill(words.ofLimit, { limit: money(limit) })}</p>
          </>
        )}
      </div>
    </div>
  )
}
