'use server'

import { revalidatePath } from 'next/cache'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { isUuid } from '@/app/_glue/uuid'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'

/** Ends a mandate of the shopper's own; one that is over already stays so. */
export async function revokeMandate(form: FormData): Promise<DeedAnswer> {
  const [person, gateway] = await Promise.all([requirePerson('/account/mandates'), runningGateway()])
  const id = form.get('mandate')
  if (typeof id === 'string' && isUuid(id)) await gateway.mandates.revoke(person.id, id)
  revalidatePath('/account/mandates')
  return { kind: 'done' }
}
