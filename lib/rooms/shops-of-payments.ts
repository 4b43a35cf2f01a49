import type { Clock } from '../clock'
import type { Flows } from '../flows/flows'
import { planOrder } from '../flows/plan-order'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'
import type { MerchantModules } from '../merchant-modules/merchant-modules'
import type { Merchants } from '../merchants/merchants'
import type { Shop } from '../payments/parts'
import { prices } from '../settlement/prices'
import type { Settlement } from '../settlement/settlement'

// A contract that changes holds for payments that begin this much later; asking anew for each would be a query a payment.
const CONTRACT_LIVES_MS = 1_000

interface Parts {
  readonly merchants: Merchants
  readonly merchantModules: MerchantModules
  readonly flows: Flows
  readonly settlement: Settlement
  readonly clock: Clock
  readonly timeZone: string
}

/** What payments need to know of their shop, remembered for a second. */
export function createShopsOfPayments(parts: Parts): (merchantId: Uuid) => Promise<Shop> {
  const { merchants, merchantModules, settlement, flows, clock, timeZone } = parts
  const known = new Map<Uuid, { readonly shop: Promise<Shop>; readonly until: number }>()
  async function read(merchantId: Uuid): Promise<Shop> {
    const [merchant, terms, flow, agreed] = await Promise.all([
      merchants.get(merchantId),
      merchantModules.termsOf(merchantId),
      flows.inForce(merchantId),
      settlement.terms(merchantId),
    ])
    invariant(merchant, 'payments belong to merchants that exist')
    const { id, name, nameEn, categoryCode, confirmation, modules } = merchant
    const payee = { merchantId: id, name: nameEn || name, localName: name, categoryCode }
    const plan: Shop['plan'] = (order) => planOrder(flow, order, timeZone)
    const isSuspended = merchant.suspendedAt !== undefined
    return { payee, confirmation, modules, isSuspended, terms, plan, priceOf: prices(terms, agreed) }
  }
  return (merchantId) => {
    const now = clock.now().getTime()
    const held = known.get(merchantId)
    if (held && held.until > now) return held.shop
    const shop = read(merchantId)
    known.set(merchantId, { shop, until: now + CONTRACT_LIVES_MS })
    shop.catch(() => known.delete(merchantId))
    return shop
  }
}
