import 'server-only'
import type { Person } from '@/lib/auth/person'
import type { Gateway } from '@/lib/gateway'
import { readPublicId } from '@/lib/ids'
import type { Payment } from '@/lib/payments/payment'

/** A shopper's own purchase by its public identifier; another's is a missing one (P6.2). */
export async function ownPurchase(gateway: Gateway, person: Person, id: string): Promise<Payment | undefined> {
  const paymentId = readPublicId('pay', id)
  return paymentId ? gateway.payments.findOfShopper(person.id, paymentId) : undefined
}
