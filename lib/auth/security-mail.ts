import type { Prisma } from '../db/generated/client'
import { uuidAt } from '../ids'
import { NO_MERCHANT, type SecurityChange } from '../messages/message'
import { insertMail } from '../messages/store'
import type { Person } from './person'

/** Tells a person by mail what was changed about how they log in, in the transaction that changes it. */
export async function tellOfChange(
  tx: Prisma.TransactionClient,
  { email: to, locale }: Pick<Person, 'email' | 'locale'>,
  change: SecurityChange,
  at: Date,
): Promise<void> {
  const payload = { to, locale, change, at: at.toISOString() }
  await insertMail(tx, NO_MERCHANT, { id: uuidAt(at), at, kind: 'email', topic: 'security', payload })
}
