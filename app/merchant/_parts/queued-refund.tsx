import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatMoney } from '@/components/i18n/format'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { Notice } from '@/components/ui/notice'
import type { Uuid } from '@/lib/ids'
import type { Currency } from '@/lib/money/currency'

/** Done, with a sentence that stays until its reader closes it. */
function doneSaying(title: string, words: string): DeedAnswer {
  return {
    kind: 'done',
    shown: {
      title,
      content: (
        <Notice tone="warn" live>
          {words}
        </Notice>
      ),
    },
  }
}

/** A refund that was made; where it waits for the shop's balance, that is said, and when it goes. */
export async function refundMade(
  { gateway, merchant, locale }: Desk,
  { refundId, currency }: { readonly refundId: Uuid; readonly currency: Currency },
): Promise<DeedAnswer> {
  const refund = await gateway.refunds.find(merchant.id, refundId)
  if (refund?.state !== 'queued') return { kind: 'done' }
  const t = await getTranslations('merchant.refund')
  return doneSaying(t('queuedTitle'), t('queued', { amount: formatMoney(refund.amount, currency, locale) }))
}

/** A refund that somebody else of the shop has to agree to first. */
export async function refundAwaitsSecond(): Promise<DeedAnswer> {
  const t = await getTranslations('merchant.refund')
  return doneSaying(t('forSecondPersonTitle'), t('forSecondPerson'))
}
