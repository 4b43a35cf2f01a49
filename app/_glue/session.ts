import 'server-only'
import { decode, encode } from 'next-auth/jwt'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Membership, Person, SystemRole } from '@/lib/auth/person'
import { SESSION_S, sessionCookie } from './auth-options'
import { cookieOptions } from './cookie-names'
import { runningGateway } from './gateway'

export interface LoggedIn {
  readonly person: Person
  /** The merchants at which the person has rights, fresh from the database. */
  readonly memberships: readonly Membership[]
  /** Of the whole installation; undefined for almost everybody. */
  readonly systemRole: SystemRole | undefined
  /** Whether logging in took more than the password. */
  readonly hasSecondFactor: boolean
}

/** Who is logged in, asked of the database once a request; undefined: nobody. */
const currentSession = cache(async (): Promise<LoggedIn | undefined> => {
  const gateway = await runningGateway()
  const token = await sessionToken()
  return token ? gateway.sessions.find(token) : undefined
})

export async function currentPerson(): Promise<Person | undefined> {
  return (await currentSession())?.person
}

/** The person, or the log-in page, which leads back to where they wanted to go. */
export async function requirePerson(returnTo: string): Promise<Person> {
  return (await requireSession(returnTo)).person
}

export async function requireSession(returnTo: string): Promise<LoggedIn> {
  const session = await currentSession()
  if (!session) redirect(`/login?next=${encodeURIComponent(returnTo)}`)
  return session
}

/** As requireSession, for people at work: they show a second factor where the installation asks for one (P6.4). */
export async function requireStaffSession(returnTo: string): Promise<LoggedIn> {
  const [session, { settings }] = await Promise.all([requireSession(returnTo), runningGateway()])
  if (settings.STAFF_SECOND_FACTOR === 'required' && !session.hasSecondFactor)
    redirect(`/account/security?next=${encodeURIComponent(returnTo)}`)
  return session
}

/** Who has typed a right password and still has to show a second factor. */
export async function pendingPerson(): Promise<Person | undefined> {
  const gateway = await runningGateway()
  const token = await sessionToken()
  return token ? (await gateway.sessions.findPending(token))?.person : undefined
}

/** Ends the session for good: the token in the cookie is worth nothing afterwards. */
export async function endSession(): Promise<void> {
  const gateway = await runningGateway()
  const token = await sessionToken()
  if (token) await gateway.sessions.end(token)
  const jar = await cookies()
  jar.delete(sessionCookie(gateway))
}

/** What this browser's cookie holds: whose session it is, if any, is asked of the database. */
export async function sessionToken(): Promise<string | undefined> {
  const gateway = await runningGateway()
  const jar = await cookies()
  const token = jar.get(sessionCookie(gateway))?.value
  const read = await decode({ ...(token && { token }), secret: gateway.settings.SESSION_SECRET }).catch(() => null)
  return read?.sessionToken
}

/** Puts the session's new token into this browser's cookie, after its rights have risen. Only where cookies can be written. */
export async function renewSessionCookie(token: string): Promise<void> {
  const gateway = await runningGateway()
  const value = await encode({
    token: { sessionToken: token },
    secret: gateway.settings.SESSION_SECRET,
    maxAge: SESSION_S,
  })
  const jar = await cookies()
  jar.set(sessionCookie(gateway), value, { ...cookieOptions(gateway.settings), maxAge: SESSION_S })
}
