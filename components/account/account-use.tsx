import type { Account } from '@/lib/accounts/account'
import type accountTexts from '@/locales/ko/account.json'
import { fill } from '../i18n/fill'
import { formatMoney, formatPercent } from '../i18n/format'
import { LimitRing } from '../ui/limit-ring'

interface Props {
  readonly account: Pick<Account, 'kind' | 'currency' | 'balance' | 'held' | 'used' | 'leftThisMonth'>
  readonly locale: string
  readonly words: (typeof accountTexts)['accounts']
}

/** What an account holds, or owes, and the month's use against its tightest limit. */
export function AccountUse({ account, locale, words }: Props) {
  const { kind, currency, balance, held, used, leftThisMonth } = account
  const money = (amount: bigint) => formatMoney(amount, currency, locale)
  const limit = leftThisMonth === undefined ? undefined : used.month + leftThisMonth
  const part = limit === undefined ? 0 : limit > 0n ? Number((used.month * 1000n) / limit) / 1000 : 1
  return (
    <div className="flex items-center gap-4">
      {limit === undefined ? null : (
        <LimitRing label={fill(words.ring, { used: money(used.month), limit: money(limit) })} used={part}>
          {formatPercent(part, locale, 0)}
        </LimitRing>
      )}
      <div className="min-w-0 text-sm">
        <p className="text-ink-faint">{kind === 'prepaid' ? words.balance : words.owed}</p>
        <p className="figures text-xl font-bold text-ink">{money(kind === 'prepaid' ? balance : -balance)}</p>
        {held > 0n ? <p className="figures text-ink-faint">{fill(words.held, { amount: money(held) })}</p> : null}
        <p className="figures text-ink-soft">{fill(words.usedThisMonth, { amount: money(used.month) })}</p>
        {leftThisMonth === undefined ? null : (
          <p className="figures text-ink-faint">{fill(words.leftThisMonth, { amount: money(leftThisMonth) })}</p>
        )}
      </div>
    </div>
  )
}
