import 'server-only'
import type { OwnECash } from '@/components/checkout/stored-view'
import type { OpenCheckout } from './checkout'

/** E-cash as the checkout shows it; undefined where the shop does not take it. */
export async function eCashView({ gateway, payment, merchant, person }: OpenCheckout): Promise<OwnECash | undefined> {
  if (!merchant.modules.includes('e-cash')) return undefined
  const caps = await gateway.eCash.caps(payment.currency)
  if (!caps) return { room: 0n, why: 'currency' }
  if (!person) return { room: 0n, why: 'login' }
  const wallet = await gateway.eCash.walletIn(person.id, payment.currency)
  if (!wallet) return { room: 0n, why: 'none' }
  const left = wallet.balance - wallet.held
  const room = left < caps.mostSpent ? left : caps.mostSpent
  if (wallet.isLocked) return { room, why: 'locked' }
  return { room, ...(room <= 0n && { why: 'empty' }) }
}
