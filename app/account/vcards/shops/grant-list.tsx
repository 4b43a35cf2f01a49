import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { ConfirmDeed } from '@/components/account/confirm-deed'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { LimitBar } from '@/components/ui/limit-bar'
import type { Grant } from '@/lib/vcard/grants'
import { revokeGrant } from './actions'

/** The permissions a shopper gave, the newest first. */
export async function GrantList({ grants }: { grants: readonly Grant[] }) {
  const [locale, t, messages] = await Promise.all([getLocale(), getTranslations('account.grants'), getMessages()])
  if (grants.length === 0) return <p className="text-sm text-ink-faint">{t('empty')}</p>
  return (
    <ul className="divide-y divide-line">
      {grants.map((grant) => {
        const money = (amount: bigint) => formatMoney(amount, grant.most.currency, locale)
        const merchant = grant.shopName[locale]
        const used = t('used', { used: money(grant.used), most: money(grant.most.amount) })
        const lastUsed = grant.lastUsedAt
          ? t('lastUsed', { time: formatDateTime(grant.lastUsedAt, locale) })
          : t('neverUsed')
        return (
          <li
            key={grant.id}
            className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4 first:pt-0 last:pb-0"
          >
            <div className="min-w-48 flex-1">
              <p className="flex flex-wrap items-center gap-2 font-medium text-ink">
                {merchant}
                <Badge tone={grant.state === 'live' ? 'accent' : 'neutral'}>{t(`state.${grant.state}`)}</Badge>
              </p>
              <p className="figures mt-1 mb-1.5 text-sm text-ink-soft">{used}</p>
              <LimitBar label={used} used={Number((grant.used * 1000n) / grant.most.amount) / 1000} />
              <p className="figures mt-1.5 text-xs text-ink-faint">
                {t('until', { time: formatDateTime(grant.expiresAt, locale) })} · {lastUsed}
              </p>
            </div>
            {grant.state === 'live' ? (
              <ConfirmDeed
                trigger={<Button size="small">{t('revoke')}</Button>}
                title={t('revokeTitle', { merchant })}
                text={t('revokeText')}
                words={{ confirm: t('revoke'), keep: t('keep'), close: messages.shared.close }}
                deed={revokeGrant.bind(null, grant.id)}
              />
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
