import { createInvitations, type Invitations } from '../auth/invitations'
import { createPasswordResets, type PasswordResets } from '../auth/password-resets'
import { createPeople, type People } from '../auth/people'
import { createRegistrations, type Registrations } from '../auth/registrations'
import type { SecondFactors } from '../auth/second-factor'
import { createSecondFactors } from '../auth/second-factors'
import { createSessions, type Sessions } from '../auth/sessions'
import type { Vault } from '../cards/vault'
import type { Base } from './base'

/** Who works here and who shops here. */
export interface PeopleRooms {
  readonly people: People
  /** How people become known here. */
  readonly registrations: Registrations
  /** The way back for whoever has forgotten their password. */
  readonly passwordResets: PasswordResets
  readonly sessions: Sessions
  /** Codes of apps, passkeys and recovery codes, asked for beside the password. */
  readonly secondFactors: SecondFactors
  /** How people come to a shop's team. */
  readonly invitations: Invitations
}

export function createPeopleRooms({ settings, clock, database, vault }: Base & { readonly vault: Vault }): PeopleRooms {
  const people = createPeople({ database, clock, settings })
  const sessions = createSessions({ database, clock })
  const secondFactors = createSecondFactors({ database, clock, vault, sessions, settings })
  const invitations = createInvitations({ database, clock, settings })
  const registrations = createRegistrations({ database, clock, invitations, settings })
  const passwordResets = createPasswordResets({ database, clock, settings })
  return { people, registrations, passwordResets, sessions, secondFactors, invitations }
}
