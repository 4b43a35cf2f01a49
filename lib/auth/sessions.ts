import type { Uuid } from '../ids'
import type { Membership, Person } from './person'

/** Who is logged in, with the rights that hold at this very request. */
export interface Session {
  readonly person: Person
  readonly memberships: readonly Membership[]
  readonly startedAt: Date
}

/** Sessions live in the database; the browser holds a random token, the table only its hash (P6.5). */
export interface Sessions {
  /** @returns the token for the cookie: 256 random bits, shown this once */
  start(personId: Uuid): Promise<string>
  /** The session of a token, unless it is unknown, ended, idle too long or too old. */
  find(token: string): Promise<Session | undefined>
  end(token: string): Promise<void>
  endAll(personId: Uuid): Promise<void>
}
