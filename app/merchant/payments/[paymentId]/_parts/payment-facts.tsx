import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '@/components/i18n/format'
import { CopyButton } from '@/components/ui/copy-button'
import { Fact, Facts } from '@/components/ui/facts'
import { MoneyText } from '@/components/ui/money'
import { publicId } from '@/lib/ids'
import type { Payment } from '@/lib/payments/payment'

/** What a payment is. */
export async function PaymentFacts({ payment, locale }: { payment: Payment; locale: 'ko' | 'en' }) {
  const [t, reasons, shared] = await Promise.all([
    getTranslations('merchant.payment'),
    getTranslations('merchant.reason'),
    getTranslations('shared'),
  ])
  const money = (amount: bigint) => <MoneyText amount={amount} currency={payment.currency} locale={locale} />
  return (
    <>
      <Facts>
        <Fact name={t('orderRef')}>{payment.orderRef}</Fact>
        <Fact name={t('captured')}>{money(payment.capturedAmount)}</Fact>
        <Fact name={t('refunded')}>{money(payment.refundedAmount)}</Fact>
        <Fact name={t('capture')}>{t(`captureMode.${payment.captureMode}`)}</Fact>
        <Fact name={t('channel')}>{t(`channels.${payment.channel}`)}</Fact>
        {payment.email ? <Fact name={t('email')}>{payment.email}</Fact> : null}
        <Fact name={t('createdAt')}>{formatDateTime(payment.createdAt, locale)}</Fact>
        {payment.finishedAt ? (
          <Fact name={t('finishedAt')}>{formatDateTime(payment.finishedAt, locale)}</Fact>
        ) : (
          <Fact name={t('expiresAt')}>{formatDateTime(payment.expiresAt, locale)}</Fact>
        )}
        {payment.reason ? <Fact name={t('reason')}>{reasons(payment.reason)}</Fact> : null}
        {Object.entries(payment.metadata).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </Facts>
      <div className="mt-3">
        <CopyButton text={publicId('pay', payment.id)} label={t('copyId')} done={shared('copied')} />
      </div>
    </>
  )
}
