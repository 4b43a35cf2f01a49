import type { People } from '../lib/auth/people'
import type { Uuid } from '../lib/ids'

/** A login of the demo, as npm start shows it. */
export interface DemoLogin {
  readonly role: string
  readonly email: string
  readonly password: string
  /** Of the second shop's people: in no list of those one begins with. */
  readonly atSecondShop?: true
}

export interface DemoPerson {
  readonly email: string
  readonly name: string
}

/** Long enough for the password rules, and nobody's secret: demo people exist only in demos. */
export const DEMO_PASSWORD = 'moa demo password'

/** Finds a person of the demo, or registers them. */
export async function register({ findByEmail, register }: People, { email, name }: DemoPerson): Promise<Uuid> {
  const known = await findByEmail(email)
  if (known) return known.id
  const registered = await register({ email, name, password: DEMO_PASSWORD, locale: 'ko' })
  if (registered.kind !== 'registered') throw new Error(`A person of the demo was not registered: ${registered.kind}.`)
  return registered.person.id
}
