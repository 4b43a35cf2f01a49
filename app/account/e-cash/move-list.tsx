import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { runningGateway } from '@/app/_glue/gateway'
import { classNames } from '@/components/ui/class-names'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Pager } from '@/components/ui/pager'
import type { Wallet } from '@/lib/e-cash/wallet'
import { publicId } from '@/lib/ids'

const PAGE = 20

/** What came into a wallet and went out of it, the newest first. */
export async function MoveList({ wallet, before }: { wallet: Wallet; before?: string }) {
  const [gateway, locale, t] = await Promise.all([runningGateway(), getLocale(), getTranslations('account.eCash')])
  const moves = await gateway.eCash.history(wallet, { limit: PAGE, ...(before && { before }) })
  if (moves.length === 0) return <p className="text-sm text-ink-faint">{t('empty')}</p>
  const last = moves.length === PAGE ? moves.at(-1) : undefined
  return (
    <>
      <ul className="divide-y divide-line">
        {moves.map((move) => (
          <li key={move.id} className="relative flex items-center gap-4 py-3 hover:bg-hover">
            <div className="min-w-0 flex-1">
              <Link
                href={`/account/purchases/${publicId('pay', move.paymentId)}`}
                className="block truncate font-medium text-ink after:absolute after:inset-0"
              >
                {move.description}
              </Link>
              <p className="truncate text-xs text-ink-faint">
                {t(`kind.${move.kind}`)} · {move.shop} · {formatDateTime(move.at, locale)}
              </p>
            </div>
            <div className="shrink-0 text-right">
              <p className={classNames('figures font-semibold', move.amount > 0n ? 'text-good' : 'text-ink')}>
                {move.amount > 0n ? '+' : ''}
                {formatMoney(move.amount, wallet.currency, locale)}
              </p>
              <p className="figures text-xs text-ink-faint">{formatMoney(move.balance, wallet.currency, locale)}</p>
            </div>
          </li>
        ))}
      </ul>
      <Pager label={t('more')} {...(last && { nextHref: `/account/e-cash?before=${last.id}` })} />
    </>
  )
}
