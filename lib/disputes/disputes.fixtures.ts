import { aShopper, type TestGateway } from '../../test/gateway'
import { aPayment } from '../desk/desk.fixtures'
import type { Uuid } from '../ids'
import type { NewOrder } from '../payments/new-payment'

/** A purchase by a shopper of its own. */
export async function aPurchase(world: TestGateway, merchantId: Uuid, order: Partial<NewOrder> = {}) {
  const shopper = await aShopper(world.gateway)
  return { shopper, payment: await aPayment(world, merchantId, { shopperId: shopper.id, ...order }) }
}

/** A dispute that has just been opened over a purchase of its own. */
export async function aDispute(
  world: TestGateway,
  merchantId: Uuid,
  { wanted, ...order }: Partial<NewOrder> & { readonly wanted?: bigint } = {},
) {
  const { shopper, payment } = await aPurchase(world, merchantId, order)
  const claim = { paymentId: payment.id, reason: 'damaged', text: '상자가 젖어 있었어요' } as const
  const opened = await world.gateway.disputes.claims.open(shopper.id, {
    ...claim,
    ...(wanted !== undefined && { wanted }),
  })
  if (opened.kind !== 'opened') throw new Error(`a dispute of a test was not opened: ${opened.reason}`)
  return { shopper, payment, dispute: opened.dispute }
}
