import 'server-only'
import { headers } from 'next/headers'
import type { Asker } from '@/lib/billing/codes'
import type { Uuid } from '@/lib/ids'
import { CLIENT_ADDRESS } from './client-address-header'

/** Who asks for a code: the shopper, where one is logged in, and the address that the request came from. */
export async function askerOf(shopperId: Uuid | undefined): Promise<Asker> {
  const address = (await headers()).get(CLIENT_ADDRESS)
  return { address: address ?? 'unknown', ...(shopperId && { session: shopperId }) }
}
