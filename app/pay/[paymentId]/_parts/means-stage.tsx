import { getMessages, getTranslations } from 'next-intl/server'
import { checkoutView, freshWalletOf } from '@/app/_glue/checkout'
import { Checkout } from '@/components/checkout/checkout'
import { buttonLook } from '@/components/ui/button-look'
import { evaluate, pay, propose } from '../actions'
import { checkCode, sendCode } from '../phone-actions'
import { LastTry } from './last-try'
import type { StageProps } from './stage'
import { wayBack } from './stage'

/** Choosing a means and paying; above it, what became of the last try if there was one. */
export async function MeansStage({ checkout, paymentId }: StageProps) {
  const { merchant, payment, person, locale } = checkout
  const [wallet, messages, t] = await Promise.all([freshWalletOf(checkout), getMessages(), getTranslations('checkout')])
  const view = await checkoutView(checkout, paymentId, wallet)
  const address = wayBack(checkout, paymentId)
  return (
    <div className="flex flex-col gap-6">
      {payment.attempt > 0 ? <LastTry checkout={checkout} wallet={wallet} /> : null}
      {person ? null : (
        <div className="flex flex-col gap-3 rounded-lg bg-accent-soft p-4 sm:flex-row sm:items-center sm:justify-between">
          <p className="text-sm text-ink-soft">{merchant.modules.includes('vcard') ? t('splitLogin') : t('guest')}</p>
          {/* A plain link: the checkout does without the router's part for links. */}
          <a className={buttonLook({ kind: 'primary', size: 'small' })} href={`/login?next=/pay/${paymentId}`}>
            {t('loginFor')}
          </a>
        </div>
      )}
      <Checkout
        view={view}
        locale={locale}
        words={{
          checkout: messages.checkout,
          split: messages.split,
          phone: messages.phone,
          bank: messages.bank,
          decline: messages.shared.decline,
        }}
        actions={{
          pay: pay.bind(null, paymentId),
          propose: propose.bind(null, paymentId),
          evaluate: evaluate.bind(null, paymentId),
          sendCode: sendCode.bind(null, paymentId),
          checkCode: checkCode.bind(null, paymentId),
        }}
      />
      {address ? (
        <a href={address} className="self-center rounded-sm text-sm text-ink-soft underline hover:text-ink">
          {t('leave')}
        </a>
      ) : null}
    </div>
  )
}
