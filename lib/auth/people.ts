import type { Uuid } from '../ids'
import type { Locale } from '../payments/payment'
import type { Membership, Person, StaffRole } from './person'
import type { PasswordFault } from './password'

export interface Registration {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly locale: Locale
}

export type Registered =
  | { kind: 'registered'; person: Person }
  | { kind: 'refused'; reason: 'bad-email' | 'bad-name' | PasswordFault }
  /** The page answers this exactly as `registered`, so that nobody learns who has an account (P6.7). */
  | { kind: 'taken' }

export interface Credentials {
  readonly email: string
  readonly password: string
  /** The device token of an earlier log-in, from its cookie: keeps the owner in while strangers are locked out. */
  readonly device?: string
}

/** `refused` is one answer for an unknown address, a wrong password and a locked account. */
export type Authenticated = { kind: 'authenticated'; person: Person; device: string } | { kind: 'refused' }

export interface People {
  register(registration: Registration): Promise<Registered>
  authenticate(credentials: Credentials): Promise<Authenticated>
  /** Ends every session of the person besides. */
  changePassword(
    personId: Uuid,
    change: { current: string; next: string },
  ): Promise<{ kind: 'changed' } | { kind: 'refused'; reason: 'wrong-password' | PasswordFault }>
  get(personId: Uuid): Promise<Person | undefined>
  findByEmail(email: string): Promise<Person | undefined>
  memberships(personId: Uuid): Promise<Membership[]>
  /** The rights of a person at one merchant, fresh from the database; undefined: none. */
  membership(personId: Uuid, merchantId: Uuid): Promise<Membership | undefined>
  members(merchantId: Uuid): Promise<(Membership & { person: Person })[]>
  /** Gives or changes rights at a merchant. The person's sessions end: rights never rise within a session (P6.5). */
  appoint(member: { merchantId: Uuid; personId: Uuid; role: StaffRole; refundLimit?: bigint }): Promise<void>
  /** Takes all rights at a merchant away, from the next request on, and ends the person's sessions. */
  dismiss(merchantId: Uuid, personId: Uuid): Promise<void>
}
