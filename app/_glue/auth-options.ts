import 'server-only'
import type { AuthOptions, User } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { cookies } from 'next/headers'
import { isTooBusy } from '@/lib/auth/hash-turns'
import type { Gateway } from '@/lib/gateway'
import { cookieName, cookieOptions } from './cookie-names'
import { openLogin, openProof } from './sealed-login'

declare module 'next-auth' {
  interface User {
    /** The token of our own session, in the database. */
    sessionToken: string
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sessionToken?: string
  }
}

/** How long a browser keeps its cookie: the session itself may end long before. */
export const SESSION_S = 14 * 24 * 60 * 60
const DEVICE_S = 365 * 24 * 60 * 60

export const sessionCookie = (gateway: Gateway) => cookieName(gateway.settings, 'session')
const deviceCookie = (gateway: Gateway) => cookieName(gateway.settings, 'device')

/**
 * How people log in. The cookie holds an encrypted JWT that says nothing but which of our server-side sessions it stands
 * for; that one is asked on every request, so logging out, a changed password or a lost right take effect at once (P6.5).
 * @param busy called when too many log in at once for this one to be looked at
 */
export function authOptions(gateway: Gateway, busy: () => void): AuthOptions {
  const { settings, sessions } = gateway
  const orBusy = (error: unknown) => {
    if (!isTooBusy(error)) throw error
    busy()
    return null
  }
  return {
    secret: settings.SESSION_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_S },
    pages: { signIn: '/login', error: '/login' },
    cookies: {
      sessionToken: { name: sessionCookie(gateway), options: cookieOptions(settings) },
      csrfToken: { name: cookieName(settings, 'csrf'), options: cookieOptions(settings) },
      callbackUrl: { name: cookieName(settings, 'callback'), options: cookieOptions(settings) },
    },
    providers: [
      CredentialsProvider({
        credentials: { message: { type: 'text' } },
        async authorize(given) {
          const typed = await openLogin(gateway, given?.message)
          return typed ? logIn(gateway, typed).catch(orBusy) : null
        },
      }),
      CredentialsProvider({
        id: 'registration',
        credentials: { message: { type: 'text' } },
        async authorize(given) {
          const typed = await openProof(gateway, given?.message)
          return typed ? proveAndLogIn(gateway, typed).catch(orBusy) : null
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user }) {
        if (user) return { sessionToken: user.sessionToken }
        const { sessionToken } = token
        const found =
          sessionToken && ((await sessions.find(sessionToken)) ?? (await sessions.findPending(sessionToken)))
        return found ? token : {}
      },
      // What the browser may ask for: whether somebody is logged in, and nothing about them.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (token?.sessionToken) await sessions.end(token.sessionToken)
      },
    },
  }
}

/** A session for whoever knows the password, in a browser that is known from now on. */
async function logIn(
  gateway: Gateway,
  typed: { readonly email: string; readonly password: string },
): Promise<User | null> {
  const { settings, people, sessions } = gateway
  const jar = await cookies()
  const device = jar.get(deviceCookie(gateway))?.value
  const answer = await people.authenticate({ ...typed, ...(device && { device }) })
  if (answer.kind === 'refused') return null
  jar.set(deviceCookie(gateway), answer.device, { ...cookieOptions(settings), maxAge: DEVICE_S })
  return { id: answer.person.id, sessionToken: await sessions.start(answer.person.id) }
}

/** The same for whoever has followed the link of their registration, and knows the password they chose. */
async function proveAndLogIn(
  gateway: Gateway,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<User | null> {
  const proved = await gateway.registrations.prove(token, password)
  return proved.kind === 'proved' ? logIn(gateway, { email: proved.person.email, password }) : null
}
