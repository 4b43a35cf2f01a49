'use server'

import { redirect } from 'next/navigation'
import { clientAddress } from '@/app/_glue/asker'
import { runningGateway } from '@/app/_glue/gateway'
import { endSession, requirePerson } from '@/app/_glue/session'
import { publicId } from '@/lib/ids'

/** Joins the team, and leads to a new log-in; the page itself says why it cannot be. */
export async function acceptInvitation(token: string): Promise<void> {
  const here = `/invitation/${encodeURIComponent(token)}`
  const [gateway, person] = await Promise.all([runningGateway(), requirePerson(here)])
  const accepted = await gateway.invitations.accept(token, person)
  if (accepted.kind === 'refused') redirect(here)
  const { merchantId, id, role } = accepted.invitation
  const actor = { kind: 'person', id: person.id, name: person.name, role, from: await clientAddress() } as const
  const object = publicId('inv', id)
  await gateway.audit.note({ tenantId: merchantId, actor, action: 'member.change', object, outcome: 'accepted' })
  redirect(`/login?joined&next=${role === 'courier' ? '/courier' : role === 'counselor' ? '/counselor' : '/merchant'}`)
}

export async function comeAsAnother(token: string): Promise<void> {
  await endSession()
  redirect(`/login?next=${encodeURIComponent(`/invitation/${token}`)}`)
}
