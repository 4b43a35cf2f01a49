'use server'

import { revalidatePath } from 'next/cache'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { isUuid } from '@/app/_glue/uuid'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'

/** Forgets a bank account of the shopper's own; one that is gone already stays so. */
export async function removeBankAccount(form: FormData): Promise<DeedAnswer> {
  const [person, gateway] = await Promise.all([requirePerson('/account/bank-accounts'), runningGateway()])
  const id = form.get('account')
  if (typeof id === 'string' && isUuid(id)) await gateway.bankAccounts.remove(person.id, id)
  revalidatePath('/account/bank-accounts')
  return { kind: 'done' }
}
