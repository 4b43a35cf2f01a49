import 'server-only'
import { getLocale } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { Actor, AuditNote } from '@/lib/audit/audit'
import { type Action, can } from '@/lib/auth/access'
import type { Person, SystemRole } from '@/lib/auth/person'
import type { Gateway } from '@/lib/gateway'
import { clientAddress } from './asker'
import { runningGateway } from './gateway'
import { requireStaffSession } from './session'

/** A person who runs, or checks, the whole installation, with the rights that hold at this request. */
export interface SystemDesk {
  readonly gateway: Gateway
  readonly person: Person
  readonly role: SystemRole
  readonly locale: 'ko' | 'en'
  /** The address that the request came from. */
  readonly from: string
  may(action: Action): boolean
}

/** Whoever has no role for the installation gets the page that does not exist (P6.1, P6.2). */
export const requireSystem = cache(async (action: Action, returnTo: string): Promise<SystemDesk> => {
  const [{ person, systemRole }, gateway, locale, from] = await Promise.all([
    requireStaffSession(returnTo),
    runningGateway(),
    getLocale(),
    clientAddress(),
  ])
  if (!systemRole || !can(systemRole, action)) notFound()
  return { gateway, person, role: systemRole, locale, from, may: (wanted) => can(systemRole, wanted) }
})

/** The trail of deeds that concern no single merchant. */
export const INSTALLATION = '00000000-0000-0000-0000-000000000000'

/** Writes into the installation's audit trail what somebody did (P9.3). */
export async function noteSystemDeed(
  desk: SystemDesk,
  deed: Pick<AuditNote, 'object' | 'outcome' | 'detail'> & { readonly action: Action },
): Promise<void> {
  await desk.gateway.audit.note({ tenantId: INSTALLATION, actor: operatorOf(desk), ...deed })
}

/** Who it was, as the audit trail says it (P9.3). */
export function operatorOf({ person, role, from }: SystemDesk): Actor {
  return { kind: 'person', id: person.id, name: person.name, role, from }
}
