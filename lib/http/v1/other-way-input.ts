import { z } from 'zod'
import type { OtherWay } from '../../payments/other-way'
import type { Payment } from '../../payments/payment'
import { ApiError } from '../errors'
import { text } from '../fields'
import type { HttpGateway } from '../http-gateway'

/** How a refund goes back if not the way it came. */
export const otherWay = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('hand'),
      reference: text(100).meta({
        description: 'By what the payment you made is found again.',
        example: 'BT-20261101',
      }),
    }),
    z.strictObject({ kind: z.literal('store-credit') }),
  ])
  .meta({
    id: 'OtherWay',
    description:
      'Where a means cannot take it back: `hand` when you have paid it out yourself, `store-credit` puts it into a prepaid account of the shopper’s. The way it came when absent.',
  })

/** @throws ApiError where the shopper has no account that could take it */
export async function otherWayOf(
  gateway: HttpGateway,
  payment: Payment,
  asked: z.output<typeof otherWay>,
): Promise<OtherWay> {
  if (asked.kind === 'hand') return asked
  const [account] = await gateway.storeCredit.accountsFor(payment)
  if (!account) throw new ApiError('not-refundable')
  return { kind: 'store-credit', accountId: account.id }
}
