import type { CardStanding } from '@/lib/cards/wallet-card'
import type accountTexts from '@/locales/ko/account.json'
import { fill } from '../i18n/fill'
import { formatDateTime, formatMoney } from '../i18n/format'
import { LimitBar } from '../ui/limit-bar'

interface Props {
  readonly standing: CardStanding | undefined
  readonly setAside: bigint
  readonly locale: string
  readonly words: (typeof accountTexts)['cards']
}

/** Limit and balance of a card: the bar, what is left, what live V-Cards have set aside, and how old this is. */
export function CardLimit({ standing, setAside, locale, words }: Props) {
  if (!standing) return <p className="text-sm text-ink-faint">{words.never}</p>
  const { owed, available, currency, at } = standing
  const money = (amount: bigint) => formatMoney(amount, currency, locale)
  const limit = owed + available
  const part = (amount: bigint) => (limit > 0n ? Number((amount * 1000n) / limit) / 1000 : 0)
  const left = available - setAside
  const label = fill(words.used, { used: money(owed), limit: money(limit) })
  return (
    <div>
      {/* Each fact has a line of its own, so that nothing moves when the font arrives. */}
      <p className="figures text-sm font-semibold text-ink">
        {fill(words.left, { amount: money(left > 0n ? left : 0n) })}
      </p>
      <p className="figures mb-1.5 truncate text-xs text-ink-faint">{label}</p>
      <LimitBar label={label} used={part(owed)} setAside={part(setAside)} />
      <p className="figures mt-1.5 truncate text-xs text-ink-faint">
        {fill(words.refreshed, { time: formatDateTime(at, locale) })}
      </p>
      {setAside > 0n ? (
        <p className="figures truncate text-xs text-ink-faint">{fill(words.setAside, { amount: money(setAside) })}</p>
      ) : null}
    </div>
  )
}
