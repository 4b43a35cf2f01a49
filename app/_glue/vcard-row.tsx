import { getLocale, getTranslations } from 'next-intl/server'
import { VcardRow } from '@/components/account/vcard-row'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import type { VCardView } from '@/lib/vcard/vcard-view'
import { cardName } from './names'
import { vcardLook } from './vcard-look'

/** One V-Card in a list, in the reader's language. */
export async function VcardListRow({ vcard }: { vcard: VCardView }) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('account')])
  const { amount, currency } = vcard.amount
  const look = vcardLook(vcard)
  const money = (value: bigint) => formatMoney(value, currency, locale)
  return (
    <VcardRow
      href={`/account/vcards/${vcard.id}`}
      amount={money(amount)}
      shop={t('vcards.at', { merchant: vcard.shopName[locale] })}
      detail={`${t('vcards.ending', { digits: vcard.lastFour })} · ${t('vcard.expiresAt', { time: formatDateTime(vcard.expiresAt, locale) })}`}
      badge={<Badge tone={look.tone}>{t(`vcards.state.${look.key}`)}</Badge>}
      parts={vcard.shares.map((share) => ({
        id: share.cardId,
        label: cardName(share, locale),
        value: Number(share.amount),
      }))}
      partsLabel={vcard.shares.map((share) => `${cardName(share, locale)} ${money(share.amount)}`).join(', ')}
    />
  )
}
