import type { Prisma } from '../db/generated/client'
import { uuidAt } from '../ids'
import type { Locale } from '../payments/payment'
import { normalizeEmail } from './email-address'
import { type PasswordFault, passwordFault } from './password'
import { hashPassword } from './password-hash'
import type { Person } from './person'
import { newRegistrationNumber } from './registration-number'
import { insertPerson } from './store'

export interface Registration {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly locale: Locale
}

export interface RegistrationRefused {
  readonly kind: 'refused'
  readonly reason: 'bad-email' | 'bad-name' | PasswordFault
}

/** Somebody who may become a person: what was typed, in the one form in which it is stored. */
export type NewPerson = Pick<Person, 'email' | 'name' | 'locale'> & { readonly passwordHash: string }

/** What was typed, with the password worked on: whoever is known already is answered as slowly as anybody (P6.7). */
export async function readRegistration({
  email: typed,
  name: typedName,
  password,
  locale,
}: Registration): Promise<{ kind: 'read'; person: NewPerson } | RegistrationRefused> {
  const email = normalizeEmail(typed)
  if (!email) return { kind: 'refused', reason: 'bad-email' }
  const name = typedName.trim().normalize('NFC')
  if (!NAME.test(name)) return { kind: 'refused', reason: 'bad-name' }
  const fault = passwordFault(password, [email, name])
  if (fault) return { kind: 'refused', reason: fault }
  return { kind: 'read', person: { email, name, locale, passwordHash: await hashPassword(password) } }
}

/** @returns undefined when the address is somebody's already */
export async function insertNewPerson(
  tx: Prisma.TransactionClient,
  { email, name, locale, passwordHash }: NewPerson,
  now: Date,
): Promise<Person | undefined> {
  for (;;) {
    const registrationNumber = newRegistrationNumber()
    const person = { id: uuidAt(now), email, name, locale, registrationNumber, createdAt: now }
    const taken = await insertPerson(tx, { ...person, passwordHash })
    if (taken !== 'number') return taken === 'email' ? undefined : person
  }
}

// What a name may hold: anything printable, of a sensible length. It is escaped where it is shown.
const NAME = /^[^\p{Cc}\p{Cs}\u2028\u2029]{1,100}$/u
