import { getLocale, getTranslations } from 'next-intl/server'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { classNames } from '@/components/ui/class-names'
import type { AccountMovement } from '@/lib/accounts/account'
import type { Currency } from '@/lib/money/currency'

interface Props {
  readonly movements: readonly AccountMovement[]
  readonly currency: Currency
  readonly empty: string
}

/** Lines of an account's history. */
export async function MovementRows({ movements, currency, empty }: Props) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('account.accounts')])
  if (movements.length === 0) return <p className="text-sm text-ink-faint">{empty}</p>
  return (
    <ul className="divide-y divide-line">
      {movements.map(({ id, kind, amount, balanceAfter, description, shop, at }) => (
        <li key={id} className="flex items-center gap-4 py-3">
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium text-ink">{description || t(`movement.${kind}`)}</p>
            <p className="truncate text-xs text-ink-faint">
              {t(`movement.${kind}`)} · {shop} · {formatDateTime(at, locale)}
            </p>
          </div>
          <div className="shrink-0 text-right">
            <p className={classNames('figures font-semibold', kind === 'charge' ? 'text-ink' : 'text-good')}>
              {kind === 'charge' ? '−' : '+'}
              {formatMoney(amount, currency, locale)}
            </p>
            <p className="figures text-xs text-ink-faint">{formatMoney(balanceAfter, currency, locale)}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
