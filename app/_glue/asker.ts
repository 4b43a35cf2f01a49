import 'server-only'
import { headers } from 'next/headers'
import type { Asker } from '@/lib/billing/codes'
import type { Uuid } from '@/lib/ids'

/**
 * Who asks for a code, as far as is known. Of a chain of addresses the last was written by whoever handed the request to
 * us; earlier ones may be anything.
 */
export async function askerOf(shopperId: Uuid | undefined): Promise<Asker> {
  const chain = (await headers()).get('x-forwarded-for') ?? ''
  const address = chain.split(',').at(-1)?.trim().slice(0, 64)
  return { address: address || 'unknown', ...(shopperId && { session: shopperId }) }
}
