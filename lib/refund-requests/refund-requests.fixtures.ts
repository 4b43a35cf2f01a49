import type { TestGateway } from '../../test/gateway'
import { uuidAt, type Uuid } from '../ids'
import { krw } from '../money/money'
import type { Item } from '../payments/items'
import type { Payment } from '../payments/payment'
import { cardMeans, openedPayment } from '../payments/payments.fixtures'
import type { MeansInput } from '../payments/plan-means'
import type { RefundWish } from './refund-requests'

/** What a shopper has bought and paid with one card, or other means. */
export async function aPurchase(
  { gateway }: Pick<TestGateway, 'gateway'>,
  merchantId: Uuid,
  { shopperId, ...wanted }: { shopperId: Uuid; amount?: bigint; items?: readonly Item[]; means?: MeansInput[] },
): Promise<Payment> {
  const { amount = 30_000n, items, means = [cardMeans('hanbit')] } = wanted
  const opened = openedPayment(
    await gateway.payments.open({
      ...{ merchantId, orderRef: uuidAt(new Date()), orderName: '원두 1kg', amount: krw(amount) },
      ...{ captureMode: 'automatic', channel: 'hosted', locale: 'ko', metadata: {} },
      ...(items && { items }),
    }),
  )
  const paid = await gateway.payments.pay(merchantId, opened.id, { means, shopperId })
  if (paid.kind !== 'settled') throw new Error(`the purchase of a test was not paid: ${paid.kind}`)
  return paid.payment
}

export function aWish({ id: paymentId }: Payment, changes: Partial<RefundWish> = {}): RefundWish {
  return {
    ...{ paymentId, wanted: { amount: 10_000n }, reason: 'damaged', words: '금이 갔어요', token: uuidAt(new Date()) },
    ...changes,
  }
}
