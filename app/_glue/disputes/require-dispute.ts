import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { Dispute } from '@/lib/disputes/dispute'
import { readPublicId } from '@/lib/ids'
import type { Desk } from '../desk'

/** One of the merchant's own disputes; another merchant's is answered exactly as one that does not exist. */
export const requireDispute = cache(async ({ gateway, merchant }: Desk, id: string): Promise<Dispute> => {
  const disputeId = readPublicId('dis', id)
  const dispute = disputeId && (await gateway.disputes.find(merchant.id, disputeId))
  if (!dispute) notFound()
  return dispute
})
