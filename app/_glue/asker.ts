import 'server-only'
import { headers } from 'next/headers'
import type { Asker } from '@/lib/billing/codes'
import type { Uuid } from '@/lib/ids'
import { CLIENT_ADDRESS } from './client-address-header'

/** Where the request came from. */
export async function clientAddress(): Promise<string> {
  return (await headers()).get(CLIENT_ADDRESS) ?? 'unknown'
}

/** Who asks for a code: the shopper, where one is logged in, and the address that the request came from. */
export async function askerOf(shopperId: Uuid | undefined): Promise<Asker> {
  return { address: await clientAddress(), ...(shopperId && { session: shopperId }) }
}
