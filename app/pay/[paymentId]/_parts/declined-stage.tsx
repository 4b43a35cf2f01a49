import { getTranslations } from 'next-intl/server'
import { walletOf } from '@/app/_glue/checkout'
import { buttonLook } from '@/components/ui/button-look'
import { LastTry } from './last-try'
import type { StageProps } from './stage'
import { wayBack } from './stage'

/** The end without payment: which means, why, that nothing was charged, and the way back. */
export async function DeclinedStage({ checkout, paymentId }: StageProps) {
  const t = await getTranslations('checkout')
  const address = wayBack(checkout, paymentId)
  const isOver = checkout.payment.state === 'created' || checkout.payment.state === 'expired'
  return (
    <div className="flex flex-col gap-6">
      <h2 className="text-2xl font-bold text-ink">{isOver ? t('timeOver') : t('declined.title')}</h2>
      {isOver ? (
        <p className="text-ink-soft">{t('fault.gone')}</p>
      ) : (
        <LastTry checkout={checkout} wallet={await walletOf(checkout)} />
      )}
      {address ? (
        <a href={address} className={buttonLook({ kind: 'primary', size: 'large', wide: true })}>
          {t('declined.shop')}
        </a>
      ) : null}
    </div>
  )
}
