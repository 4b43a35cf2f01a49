import { randomBytes } from 'node:crypto'
import { freshDatabase } from '../../test/database'
import { type Database, openDatabase } from '../db/database'
import type { Clock } from '../clock'
import { createVault } from '../cards/vault'
import { createInvitations, type Invitations } from './invitations'
import type { Registration } from './new-person'
import { createPasswordResets, type PasswordResets } from './password-resets'
import { createPeople, type People } from './people'
import { createRegistrations, type Registrations } from './registrations'
import type { SecondFactors } from './second-factor'
import { createSecondFactors } from './second-factors'
import { createSessions, type Sessions } from './sessions'

/** A clock that stands still until a test moves it. */
export interface SetClock extends Clock {
  advance(milliseconds: number): void
}

export function setClock(start = new Date('2026-11-02T09:00:00.000Z')): SetClock {
  let now = start
  return { now: () => now, advance: (milliseconds) => (now = new Date(now.getTime() + milliseconds)) }
}

export interface OpenedDatabase {
  readonly database: Database
  close(): Promise<void>
}

/** A migrated, empty database of one's own, opened as the application opens it. */
export async function openFreshDatabase(): Promise<OpenedDatabase> {
  const { url, drop } = await freshDatabase()
  const database = await openDatabase(url, { connections: 8, allowVolatile: true })
  return {
    database,
    async close() {
      await database.close()
      await drop()
    },
  }
}

export interface AuthRoom extends OpenedDatabase {
  readonly clock: SetClock
  readonly people: People
  readonly sessions: Sessions
  readonly secondFactors: SecondFactors
  readonly invitations: Invitations
  readonly registrations: Registrations
  readonly passwordResets: PasswordResets
}

export async function startAuth(): Promise<AuthRoom> {
  const opened = await openFreshDatabase()
  const clock = setClock()
  const settings = { SESSION_SECRET: 'a secret of tests, forty characters long', WEB_URL: 'https://moa.example' }
  const { database } = opened
  const vault = createVault({ sealing: [{ id: 'k1', key: randomBytes(32) }], fingerprint: randomBytes(32) })
  const sessions = createSessions({ database, clock })
  const invitations = createInvitations({ database, clock, settings })
  return {
    ...opened,
    clock,
    sessions,
    people: createPeople({ database, clock, settings }),
    secondFactors: createSecondFactors({ database, clock, vault, sessions, settings }),
    invitations,
    registrations: createRegistrations({ database, clock, invitations, settings }),
    passwordResets: createPasswordResets({ database, clock, settings }),
  }
}

let registered = 0

export function aRegistration(changes: Partial<Registration> = {}): Registration {
  registered += 1
  return {
    email: `shopper${registered}@mail.example`,
    name: '홍길동',
    password: 'seven green bicycles',
    locale: 'ko',
    ...changes,
  }
}
