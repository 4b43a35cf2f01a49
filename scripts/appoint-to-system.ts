import { randomBytes } from 'node:crypto'
import { createAudit } from '../lib/audit/audit'
import { createPeople } from '../lib/auth/people'
import type { SystemRole } from '../lib/auth/person'
import type { Clock } from '../lib/clock'
import type { Database } from '../lib/db/database'
import { publicId, type Uuid } from '../lib/ids'

/** Deeds of the whole installation stand in nobody's trail but its own. */
const INSTALLATION: Uuid = '00000000-0000-0000-0000-000000000000'

/**
 * Gives somebody who has registered a role for the whole installation, or takes it away; it stands in the operators' record.
 * @returns false when nobody has registered with the address
 */
export async function appointToSystem(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  { email, role }: { readonly email: string; readonly role: SystemRole | undefined },
): Promise<boolean> {
  // The secret of browsers that are known; nobody logs in here.
  const people = createPeople({ database, clock, settings: { SESSION_SECRET: randomBytes(32).toString('hex') } })
  const person = await people.findByEmail(email)
  if (!person) return false
  await people.appointToSystem(person.id, role)
  await createAudit({ database, clock }).note({
    ...{ tenantId: INSTALLATION, action: 'people.change', object: publicId('per', person.id) },
    actor: { kind: 'person', id: INSTALLATION, name: 'npm run appoint', role: 'operator' },
    outcome: role ?? 'dismissed',
  })
  return true
}
