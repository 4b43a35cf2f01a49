import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import { OrderHeader } from '@/components/checkout/order-header'
import { formatMoney } from '@/components/i18n/format'
import { verdictOf } from '@/lib/payments/payment'
import { openCheckout } from '../../_glue/checkout'
import { itemLines } from '../../_glue/item-lines'
import { shopName } from '../../_glue/names'
import { AddressStage } from './_parts/address-stage'
import { BadLink } from './_parts/bad-link'
import { BeingCheckedStage } from './_parts/being-checked-stage'
import { DeclinedStage } from './_parts/declined-stage'
import { GivenAddressLine } from './_parts/given-address'
import { MeansStage } from './_parts/means-stage'
import { PaidStage } from './_parts/paid-stage'

interface Props {
  params: Promise<{ paymentId: string }>
  searchParams: Promise<{ link?: string; address?: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('checkout')
  return { title: t('title'), robots: { index: false } }
}

/** The hosted checkout: one address from choosing a means to the result; the payment itself says which of them it is. */
export default async function CheckoutPage({ params, searchParams }: Props) {
  const [{ paymentId }, { link, address }] = await Promise.all([params, searchParams])
  const checkout = await openCheckout(paymentId)
  if (!checkout) return <BadLink reason={link === 'differs' ? 'differs' : link === 'used' ? 'used' : 'text'} />

  const { payment, merchant, gateway, locale } = checkout
  const { checkout: words } = await getMessages()
  const verdict = verdictOf(payment)
  const now = gateway.clock.now()
  const isOpen = verdict === 'open' && payment.expiresAt > now
  const given =
    isOpen && payment.plan?.address ? await gateway.addresses.given(payment.merchantId, payment.id) : undefined
  const isSkipped = payment.plan?.address === 'optional' && address === 'none'
  const asksAddress = isOpen && payment.plan?.address && (address === 'change' || (!given && !isSkipped))
  const fault = address === 'consent' || address === 'wrong' ? address : undefined
  return (
    <main id="content" className="grid flex-1 content-start lg:content-stretch lg:grid-cols-[minmax(20rem,5fr)_7fr]">
      <div className="border-b border-line bg-sunken px-4 py-6 sm:px-8 lg:border-r lg:border-b-0 lg:px-12 lg:py-16 print:hidden">
        <div className="mx-auto max-w-xl lg:sticky lg:top-16 lg:mr-0 lg:max-w-sm">
          <OrderHeader
            shop={shopName(merchant, locale)}
            order={payment.orderName}
            amount={formatMoney(payment.amount, payment.currency, locale)}
            items={await itemLines(payment, locale)}
            words={words}
            {...(verdict === 'open' && { time: { until: payment.expiresAt, now } })}
          />
        </div>
      </div>
      <div className="px-4 py-6 sm:px-8 lg:px-12 lg:py-16">
        <div className="mx-auto w-full max-w-xl lg:mx-0 lg:max-w-2xl">
          {asksAddress ? <AddressStage {...{ checkout, paymentId, fault }} /> : null}
          {isOpen && !asksAddress && given ? <GivenAddressLine {...{ given, paymentId }} /> : null}
          {isOpen && !asksAddress ? <MeansStage {...{ checkout, paymentId }} /> : null}
          {verdict === 'being-checked' ? <BeingCheckedStage {...{ checkout, paymentId }} /> : null}
          {verdict === 'paid' || verdict === 'authorized' || verdict === 'awaiting' ? (
            <PaidStage {...{ checkout, paymentId }} />
          ) : null}
          {verdict === 'declined' || (verdict === 'open' && payment.expiresAt <= now) ? (
            <DeclinedStage checkout={checkout} paymentId={paymentId} />
          ) : null}
        </div>
      </div>
    </main>
  )
}
