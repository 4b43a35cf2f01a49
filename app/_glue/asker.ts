import 'server-only'
import { headers } from 'next/headers'
import type { Asker } from '@/lib/billing/codes'
import type { Gateway } from '@/lib/gateway'
import type { Uuid } from '@/lib/ids'
import { CLIENT_ADDRESS } from './client-address-header'
import { knownVisitor, visitorOf } from './visitor'

/** Where the request came from. */
export async function clientAddress(): Promise<string> {
  return (await headers()).get(CLIENT_ADDRESS) ?? 'unknown'
}

/**
 * Who asks for a code: the shopper, where one is logged in, or else this browser; and the address that the request came from.
 * Only where cookies can be written.
 */
export async function askerOf(gateway: Gateway, shopperId?: Uuid): Promise<Asker> {
  const session = shopperId ?? (await knownVisitor(gateway)) ?? (await visitorOf(gateway)).visitor
  return { address: await clientAddress(), session }
}
