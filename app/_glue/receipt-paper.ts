import 'server-only'
import { getTranslations } from 'next-intl/server'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import type { PaperReport } from '@/components/paper/report-document'
import type { WalletCard } from '@/lib/cards/wallet-card'
import type { Gateway } from '@/lib/gateway'
import { publicId } from '@/lib/ids'
import { approvalCodeOfLeg, approvalCodeOfVCard } from '@/lib/payments/approval-code'
import { amountOfItem } from '@/lib/payments/items'
import { type Locale, type Payment, verdictOf } from '@/lib/payments/payment'
import { shopName } from './names'
import { latestLegs, legName } from './pay-progress'
import { pdfAnswer } from './pdf-answer'

/** The receipt of a purchase as a PDF in its reader's language; 404 while there is nothing to give a receipt for. */
export async function receiptAnswer(
  gateway: Gateway,
  payment: Payment,
  wallet: readonly WalletCard[],
  locale: Locale,
): Promise<Response> {
  if (verdictOf(payment) !== 'paid') {
    return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  }
  const id = publicId('pay', payment.id)
  return pdfAnswer(`receipt-${id}.pdf`, await receiptPaper(gateway, payment, wallet, locale))
}

async function receiptPaper(
  gateway: Gateway,
  payment: Payment,
  wallet: readonly WalletCard[],
  locale: Locale,
): Promise<PaperReport> {
  const [t, merchant] = await Promise.all([
    getTranslations('shared.receipt'),
    gateway.merchants.get(payment.merchantId),
  ])
  const money = (amount: bigint) => formatMoney(amount, payment.currency, locale)
  const { refundedAmount, capturedAmount, items = [] } = payment
  const vcardCode = approvalCodeOfVCard(payment)
  return {
    locale,
    title: t('title'),
    subtitle: payment.orderName,
    shop: merchant ? shopName(merchant, locale) : '',
    issued: t('issued', { at: formatDateTime(gateway.clock.now(), locale) }),
    main: { label: t('amount'), amount: money(payment.amount) },
    facts: [
      [t('order'), payment.orderRef],
      [t('when'), formatDateTime(payment.finishedAt ?? payment.createdAt, locale)],
      [t('number'), publicId('pay', payment.id)],
      ...(vcardCode ? ([[t('vcardApproval'), vcardCode]] as const) : []),
      ...(refundedAmount > 0n
        ? ([
            [t('refunded'), money(refundedAmount)],
            [t('net'), money(capturedAmount - refundedAmount)],
          ] as const)
        : []),
    ],
    tables: [
      ...(items.length > 0
        ? [
            {
              title: t('items'),
              columns: [
                { name: t('item'), share: 5 },
                { name: t('quantity'), share: 1, isFigure: true },
                { name: t('sum'), share: 2, isFigure: true },
              ],
              rows: items.map((item) => [item.name, String(item.quantity), money(amountOfItem(item))]),
            },
          ]
        : []),
      {
        title: t('means'),
        columns: [
          { name: t('by'), share: 4 },
          { name: t('approval'), share: 2 },
          { name: t('sum'), share: 2, isFigure: true },
        ],
        rows: latestLegs(payment).map((leg) => [
          legName(gateway, leg, wallet, locale),
          approvalCodeOfLeg(leg) ?? '',
          money(leg.amount),
        ]),
        total: [t('total'), '', money(payment.amount)],
      },
    ],
    note: t('note'),
  }
}
