import { Download } from 'lucide-react'
import { getMessages, getTranslations } from 'next-intl/server'
import { walletOf } from '@/app/_glue/checkout'
import { itemLines } from '@/app/_glue/item-lines'
import { shopName } from '@/app/_glue/names'
import { legsView } from '@/app/_glue/pay-progress'
import { BackToShop, PrintButton } from '@/components/checkout/after-paying'
import { Receipt } from '@/components/checkout/receipt'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { buttonLook } from '@/components/ui/button-look'
import { DoneGlyph } from '@/components/ui/glyphs'
import type { StageProps } from './stage'
import { wayBack } from './stage'
import { TookOver } from './took-over'

/** Paid (held until the shop is ready, or accepted and paid later): what, when, by which means, and the way back to the shop. */
export async function PaidStage({ checkout, paymentId }: StageProps) {
  const { gateway, payment, merchant, person, locale } = checkout
  const [wallet, messages, t] = await Promise.all([walletOf(checkout), getMessages(), getTranslations('checkout.paid')])
  const address = wayBack(checkout, paymentId)
  const confirmedAt = await shopConfirmedAt(checkout)
  const isHeld = payment.state === 'authorized'
  const isAwaiting = payment.state === 'awaiting'
  const title = isHeld ? t('held') : isAwaiting ? t('accepted') : t('title')
  const text = isHeld ? t('heldText') : isAwaiting ? t('acceptedText') : undefined
  const at = payment.finishedAt ?? (isAwaiting ? payment.createdAt : gateway.clock.now())
  const email = payment.email ?? person?.email
  return (
    <div className="flex flex-col gap-6">
      <div className="flex items-center gap-3">
        <DoneGlyph className="size-9 text-good" />
        <div>
          <h2 className="text-2xl font-bold text-ink">{title}</h2>
          {text ? <p className="text-ink-soft">{text}</p> : null}
        </div>
      </div>
      <TookOver checkout={checkout} wallet={wallet} />
      <Receipt
        shop={shopName(merchant, locale)}
        order={payment.orderName}
        number={paymentId}
        when={formatDateTime(at, locale)}
        amount={formatMoney(payment.amount, payment.currency, locale)}
        legs={legsView(gateway, payment, wallet, locale)}
        items={await itemLines(payment, locale)}
        words={messages.checkout}
      >
        {confirmedAt ? (
          <p className="mt-3 text-sm text-ink-faint">{t('confirmed', { when: formatDateTime(confirmedAt, locale) })}</p>
        ) : null}
      </Receipt>
      {email && !isHeld && !isAwaiting ? <p className="text-sm text-ink-faint">{t('receiptSent', { email })}</p> : null}
      {address ? <BackToShop address={address} words={messages.checkout.paid} /> : null}
      <div className="flex flex-wrap gap-2 print:hidden">
        {isAwaiting ? null : <PrintButton label={t('receipt')} />}
        {isAwaiting || isHeld ? null : (
          <a className={buttonLook({})} href={`/pay/${paymentId}/receipt`} download>
            <Download aria-hidden />
            {messages.shared.receipt.pdf}
          </a>
        )}
        {person && payment.shopperId === person.id ? (
          <a className={buttonLook({})} href={`/account/purchases/${paymentId}`}>
            {t('purchase')}
          </a>
        ) : null}
      </div>
    </div>
  )
}

/** When the shop agreed to order and amount with its signature; undefined where its contract does not ask for that. */
async function shopConfirmedAt({ gateway, payment }: StageProps['checkout']): Promise<Date | undefined> {
  const history = await gateway.payments.history(payment.merchantId, payment.id)
  return history.findLast(({ event }) => event === 'confirmed' || event === 'confirmedAndHeld')?.at
}
