import 'server-only'
import type { AuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { cookies } from 'next/headers'
import { isTooBusy } from '@/lib/auth/hash-turns'
import type { Gateway } from '@/lib/gateway'
import { cookieName, cookieOptions } from './cookie-names'
import { openLogin } from './sealed-login'

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

const FOURTEEN_DAYS_S = 14 * 24 * 60 * 60
const DEVICE_S = 365 * 24 * 60 * 60

export const sessionCookie = (gateway: Gateway) => cookieName(gateway.settings, 'session')
const deviceCookie = (gateway: Gateway) => cookieName(gateway.settings, 'device')

/**
 * How people log in. The cookie holds an encrypted JWT that says nothing but which of our server-side sessions it stands
 * for; that one is asked on every request, so logging out, a changed password or a lost right take effect at once (P6.5).
 * @param busy called when too many log in at once for this one to be looked at
 */
export function authOptions(gateway: Gateway, busy: () => void): AuthOptions {
  const { settings, people, sessions } = gateway
  return {
    secret: settings.SESSION_SECRET,
    session: { strategy: 'jwt', maxAge: FOURTEEN_DAYS_S },
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
          if (!typed) return null
          const jar = await cookies()
          const device = jar.get(deviceCookie(gateway))?.value
          const answer = await people.authenticate({ ...typed, ...(device && { device }) }).catch((error: unknown) => {
            if (!isTooBusy(error)) throw error
            busy()
            return { kind: 'refused' } as const
          })
          if (answer.kind === 'refused') return null
          jar.set(deviceCookie(gateway), answer.device, { ...cookieOptions(settings), maxAge: DEVICE_S })
          return { id: answer.person.id, sessionToken: await sessions.start(answer.person.id) }
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
