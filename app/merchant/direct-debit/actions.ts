'use server'

import { noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { publicId } from '@/lib/ids'

/** Puts everything that its payers have been told of into a batch now; the worker sends it. */
export async function collectNow(): Promise<DeedAnswer> {
  const desk = await requireDesk('debit.collect', '/merchant/direct-debit')
  const debits = await desk.gateway.debitBatches.claimNow(desk.merchant.id)
  await noteDeed(desk, {
    ...{ action: 'debit.collect', object: publicId('mer', desk.merchant.id), outcome: 'done' },
    detail: { debits: String(debits) },
  })
  return { kind: 'done' }
}
