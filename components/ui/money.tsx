import type { Currency } from '@/lib/money/currency'
import { formatMoney } from '../i18n/format'
import { classNames } from './class-names'

interface Props {
  /** Minor units. */
  readonly amount: bigint
  readonly currency: Currency
  readonly locale: string
  readonly className?: string
}

/** An amount in its currency's own form, in figures that line up. */
export function MoneyText({ amount, currency, locale, className }: Props) {
  return (
    <span className={classNames('figures whitespace-nowrap', className)}>{formatMoney(amount, currency, locale)}</span>
  )
}
