import type { Binding } from '../cards/vault'
import type { Uuid } from '../ids'

/** What an address that a shopper keeps is sealed for. */
export const bindingOfAddress = (shopperId: Uuid, id: Uuid): Binding => ({ kind: 'address', ownerId: shopperId, id })

/** What the copy is sealed for that a shop may read for one payment. */
export const bindingOfGiven = ({ merchantId, paymentId }: { merchantId: Uuid; paymentId: Uuid }): Binding => ({
  kind: 'payment-address',
  ownerId: merchantId,
  id: paymentId,
})
