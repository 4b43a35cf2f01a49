'use server'

import { requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'

/** Moves what stands in the shop's wallet to what is owed to it. */
export async function deposit(): Promise<DeedAnswer> {
  const { gateway, merchant, person } = await requireDesk('e-cash.deposit', '/merchant/e-cash')
  await gateway.eCash.deposit(merchant.id, { kind: 'person', id: person.id, name: person.name })
  return { kind: 'done' }
}
