import { getTranslations } from 'next-intl/server'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Notice } from '@/components/ui/notice'
import type { Dispute } from '@/lib/disputes/dispute'
import { stateAfter } from '@/lib/disputes/dispute-moves'
import { publicId } from '@/lib/ids'
import { takeOffer, withdrawDispute } from './actions'

interface Props {
  readonly dispute: Dispute
  readonly paymentId: string
  readonly locale: 'ko' | 'en'
}

/** What the shopper can do about an open dispute, and until when the others have to do theirs. */
export async function ShopperDeeds({ dispute, paymentId, locale }: Props) {
  const t = await getTranslations('disputes.shopper')
  const id = publicId('dis', dispute.id)
  const { offer, decideBy, state } = dispute
  const amount = offer === undefined ? undefined : formatMoney(offer, dispute.currency, locale)
  const mayTake = amount !== undefined && stateAfter(state, 'offerTaken') !== undefined
  if (stateAfter(state, 'withdrawn') === undefined) return null
  return (
    <div className="mb-4 flex flex-col gap-3">
      <Notice tone={mayTake ? 'good' : 'info'}>
        {mayTake ? <p>{t('offered', { amount })}</p> : null}
        {state === 'open' ? <p>{t('waiting', { until: formatDateTime(dispute.answerBy, locale) })}</p> : null}
        {state !== 'open' && decideBy ? <p>{t('deciding', { until: formatDateTime(decideBy, locale) })}</p> : null}
      </Notice>
      <div className="flex flex-wrap gap-2">
        {mayTake ? (
          <DeedDialog
            trigger={t('take')}
            triggerLook={{ kind: 'primary' }}
            title={t('take')}
            description={t('takeText', { amount })}
            words={await deedWords(t('take'))}
            deed={takeOffer.bind(null, paymentId, id)}
          />
        ) : null}
        <DeedDialog
          trigger={t('withdraw')}
          title={t('withdraw')}
          description={t('withdrawText')}
          words={await deedWords(t('withdraw'))}
          isDangerous
          deed={withdrawDispute.bind(null, paymentId, id)}
        />
      </div>
    </div>
  )
}
